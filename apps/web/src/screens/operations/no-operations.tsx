import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { EmptyState } from "../../ui/empty-state.tsx";

const look = "text-accent hover:underline";

/** Which empty it is; the first time it teaches what will be here and how it begins. */
export function NoOperations({ filtered, page }: { filtered: boolean; page: number }) {
  if (page > 1) {
    return (
      <EmptyState title="This page is past the end">
        <Link to="?" className={look}>
          Go to the first page
        </Link>
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState
        title="No operation matches"
        actions={
          <Link to="?" className={look}>
            Show all
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState
      title="Nothing has run in the background since this console started"
      actions={
        <Link to={paths.queues()} className={look}>
          Go to the queues
        </Link>
      }
    >
      <p>What acts on many jobs appears here, with how far it is and a hand on the valve:</p>
      <ul className="mt-3 flex flex-col gap-2 text-left">
        <li>
          <strong className="text-text">Retry in phases</strong>, on a queue's page of failed jobs: ten first,
          then 10 %, then the rest, each phase judged before the next begins.
        </li>
        <li>
          <strong className="text-text">Everything that matches</strong>, in a list of jobs: tick the rows,
          then “Select all that match”.
        </li>
        <li>
          <strong className="text-text">Delete all waiting jobs</strong>, in a queue's menu: held first, so
          that they can be put back.
        </li>
      </ul>
    </EmptyState>
  );
}
