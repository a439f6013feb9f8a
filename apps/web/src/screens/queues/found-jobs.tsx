import type { Reply } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { findJobQuery } from "../../api/queries.ts";
import { plural, shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { rowLink } from "../../ui/table.tsx";

type Found = Reply<"findJob">;

/** The job of exactly this id, in whatever queue it is. */
export const useFoundJobs = (id: string): Found | undefined =>
  useQuery({
    ...findJobQuery(id),
    enabled: id !== "",
    retry: false,
    staleTime: 0,
  }).data;

/** The jobs that were found by what was typed to find a queue. */
export function FoundJobs({ found: { items } }: { found: Found }) {
  if (items.length === 0) return null;
  return (
    <Panel title={items.length === 1 ? "A job of this id" : "Jobs of this id"} flush>
      <ul className="text-sm">
        {items.map((job) => (
          <li
            key={`${job.queue}/${job.id}`}
            className="relative flex min-h-9 flex-wrap items-center gap-x-4 border-t border-line px-4 py-1.5 first:border-t-0 hover:bg-raised"
          >
            <Link to={paths.job(job.queue, job.id)} className={rowLink}>
              {job.queue} / <span className="font-mono text-xs">{shortId(job.id, 28)}</span>
            </Link>
            <span className="text-dim">{job.task}</span>
            <StateBadge state={job.state} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** That it was looked for as a job too; nothing while it was not. */
export function notFoundWords(found: Found | undefined): string | null {
  if (found === undefined || found.items.length > 0) return null;
  const where = plural(found.queues_searched, "queue");
  return `No job has exactly this id in ${where}${found.complete ? "" : "; not all were searched"}.`;
}
