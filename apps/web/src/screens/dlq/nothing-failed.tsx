import type { Shapes } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { plural } from "../../lib/format.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import type { DlqSearch } from "./dlq-search.ts";

interface NothingFailedProps {
  queue: string;
  search: DlqSearch;
  shapes: Shapes;
  link: (next: Partial<DlqSearch>) => string;
}

/** Which empty it is: nothing failed, nothing in this window, or nothing seen yet. */
export function NothingFailed({ queue, search, shapes, link }: NothingFailedProps) {
  const narrowed = search.from !== null || search.to !== null || search.task !== "";
  if (!shapes.complete) {
    return (
      <Panel>
        <EmptyState title="None found so far">
          {plural(shapes.scanned, "failed job")} of {plural(shapes.total_to_scan, "failed job")} looked at.
        </EmptyState>
      </Panel>
    );
  }
  if (narrowed && shapes.scanned > 0) {
    return (
      <Panel>
        <EmptyState
          title={search.task === "" ? "Nothing failed in this window" : "Nothing matches"}
          actions={
            <Link
              to={link({ from: null, to: null, task: "" }) || "?"}
              className="text-accent hover:underline"
            >
              Look at all {plural(shapes.scanned, "failed job")}
            </Link>
          }
        />
      </Panel>
    );
  }
  return (
    <Panel>
      <EmptyState title={`No job of ${queue} has failed for good`}>
        {shapes.still_retrying.count > 0
          ? "Some runs failed, but those jobs are still being retried by themselves."
          : "Jobs that use up their attempts appear here, grouped by their error."}
      </EmptyState>
    </Panel>
  );
}
