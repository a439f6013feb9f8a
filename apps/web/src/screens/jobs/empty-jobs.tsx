import { Link } from "react-router";
import { activeFilters } from "../../features/job-filter/job-filter.ts";
import { plural } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { stateWord } from "../../ui/state-badge.tsx";
import { ErrorsLike } from "./errors-like.tsx";
import { type JobsSearch, noFilters } from "./jobs-search.ts";
import type { JobListState } from "./use-job-list.ts";

interface EmptyJobsProps {
  queue: string;
  search: JobsSearch;
  list: JobListState;
  link: (next: Partial<JobsSearch>) => string;
}

const linkLook = "text-accent hover:underline";

/** Which empty it is: none at all, none that match, none so far, or a page past the end. */
export function EmptyJobs({ queue, search, list, link }: EmptyJobsProps) {
  const jobs = search.state === null ? "job" : `${stateWord(search.state)} job`;
  const scan = list.scanning?.scan;
  // What was typed to search with may have been an id, and of another queue.
  const id = [search.job_id, search.q].find((text) => /^\S+$/.test(text)) ?? "";
  if (list.page !== null && list.page.total > 0) {
    return (
      <EmptyState title="This page is past the end">
        <Link to={link({ page: 1 }) || "?"} className={linkLook}>
          Go to the first page
        </Link>
      </EmptyState>
    );
  }
  if (activeFilters(search).length === 0) {
    return (
      <EmptyState title={search.state === null ? `${queue} holds no jobs` : `No ${jobs}s in ${queue} now`}>
        {search.state === "failed" ? "Nothing has used up its attempts." : "Jobs appear here as they come."}
      </EmptyState>
    );
  }
  if (scan !== undefined && !scan.complete) {
    return (
      <EmptyState title={`No ${jobs} matches so far`}>
        {plural(scan.scanned, "job")} of {plural(scan.total, "job")} looked at.{" "}
        {list.scanning?.running ? "Still looking…" : "Continue to look at the rest."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={`No ${jobs} matches`}
      actions={
        <>
          {search.q === "" ? null : <ErrorsLike queue={queue} words={search.q} link={link} />}
          {search.state === null ? null : (
            <Link to={link({ state: null, page: 1 }) || "?"} className={linkLook}>
              Look in all states
            </Link>
          )}
          {id === "" ? null : (
            <Link to={`${paths.queues()}?q=${encodeURIComponent(id)}`} className={linkLook}>
              Look for a job of this id in all queues
            </Link>
          )}
          <Link to={link(noFilters) || "?"} className={linkLook}>
            Take the filters away
          </Link>
        </>
      }
    >
      All {plural(scan?.scanned ?? 0, "job")} were looked at
      {search.q === "" ? "." : ". Words are looked for in payloads only, not in errors."}
      {search.job_id === "" ? null : (
        <>
          {" "}
          A job that was removed may be in the{" "}
          <Link to={`${paths.audit()}?job_id=${encodeURIComponent(search.job_id)}`} className={linkLook}>
            audit
          </Link>
          .
        </>
      )}
    </EmptyState>
  );
}
