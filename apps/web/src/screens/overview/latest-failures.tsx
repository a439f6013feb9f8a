import type { JobSummary } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { rowLink } from "../../ui/table.tsx";

const most = 5;

export function LatestFailures({ jobs }: { jobs: readonly JobSummary[] }) {
  return (
    <Panel title="Latest failures" flush>
      {jobs.length === 0 ? <p className="px-4 pb-3 text-sm text-dim">No failed jobs.</p> : null}
      <ul className="text-sm">
        {jobs.slice(0, most).map((job) => (
          <li
            key={`${job.queue} ${job.id}`}
            className="relative border-t border-line px-4 py-2 first:border-t-0 hover:bg-raised"
          >
            <div className="flex gap-2">
              <Link to={paths.job(job.queue, job.id)} className={`${rowLink} min-w-0 flex-1 truncate`}>
                {job.task}
              </Link>
              <span className="text-xs text-dim">
                <RelativeTime at={job.finished_at} suffix="" />
              </span>
            </div>
            <p className="truncate text-xs text-dim">
              {job.error === null
                ? "no error was kept"
                : `${job.error.name ?? "Error"}: ${job.error.message}`}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
