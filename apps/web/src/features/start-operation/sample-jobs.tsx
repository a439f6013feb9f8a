import type { JobSummary } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { formatCount, shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ErrorCell, PayloadCell } from "../job-table/cells.tsx";

/** Some of them, spread over all; each opens beside this page, so that the count is not lost. */
export function SampleJobs({ jobs, matched }: { jobs: readonly JobSummary[]; matched: number }) {
  if (jobs.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="py-0.5 text-accent">
        {jobs.length >= matched ? "Show them" : `Show ${formatCount(jobs.length)} of them, spread over all`}
      </summary>
      <ul aria-label="Sample" className="mt-1.5 rounded-md border border-line">
        {jobs.map((job) => (
          <li
            key={job.id}
            className="flex items-baseline gap-3 border-t border-line px-3 py-1.5 first:border-t-0"
          >
            <Link
              to={paths.job(job.queue, job.id)}
              target="_blank"
              aria-label={`Job ${job.id}`}
              className="shrink-0 font-mono text-xs text-accent hover:underline"
            >
              {shortId(job.id, 14)}
            </Link>
            <span className="shrink-0 truncate max-sm:hidden">{job.task}</span>
            <span className="min-w-0 flex-1 truncate">
              {job.error === null ? <PayloadCell job={job} /> : <ErrorCell job={job} />}
            </span>
            <span className="shrink-0 text-xs text-dim">
              <RelativeTime at={job.finished_at ?? job.created_at} suffix="" />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
