import { buildQuery } from "@spillway/contract/paths";
import type { JobSummary } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { rowLink } from "../../ui/table.tsx";
import { byError, type FailedAlike } from "./by-error.ts";

const most = 5;

/** The newest failures, a line for each error of a task: its reason, and how many of them had it. */
export function LatestFailures({ jobs }: { jobs: readonly JobSummary[] }) {
  return (
    <Panel title="Latest failures" flush>
      {jobs.length === 0 ? <p className="px-4 pb-3 text-sm text-dim">No failed jobs.</p> : null}
      <ul className="text-sm">
        {byError(jobs)
          .slice(0, most)
          .map((alike) => (
            <Failure key={alike.key} alike={alike} />
          ))}
      </ul>
    </Panel>
  );
}

function Failure({ alike: { newest, count } }: { alike: FailedAlike }) {
  const { id, queue, task, error, finished_at } = newest;
  const all = `${paths.jobs(queue)}${buildQuery({ state: "failed", error_shape: error?.shape_id })}`;
  return (
    <li className="relative border-t border-line px-4 py-2 first:border-t-0 hover:bg-raised">
      <div className="flex gap-2">
        <Link to={count === 1 ? paths.job(queue, id) : all} className={`${rowLink} min-w-0 flex-1 truncate`}>
          {task}
          {count === 1 ? null : <span className="text-dim"> × {count}</span>}
        </Link>
        <span className="text-xs text-dim">
          <RelativeTime at={finished_at} suffix="" />
        </span>
      </div>
      <p className="line-clamp-2 text-xs text-dim [overflow-wrap:anywhere]">
        {error === null ? "no error was kept" : `${error.name ?? "Error"}: ${error.message}`}
      </p>
    </li>
  );
}
