import type { JobState, JobSummary } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Highlight } from "../../ui/highlight.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, rowLink } from "../../ui/table.tsx";
import { attemptText, ErrorCell, JobFlags, Moment, PayloadCell, RunCell, SinceCell } from "./cells.tsx";

export type JobColumn = Column<JobSummary>;

/** What is searched for: its hits are marked. */
export interface Wanted {
  jobId: string;
  task: string;
  payload: string;
}

export function JobLink({
  job,
  wanted = "",
  className,
}: {
  job: JobSummary;
  wanted?: string;
  className?: string;
}) {
  return (
    <Link
      to={paths.job(job.queue, job.id)}
      aria-label={`Job ${job.id}`}
      className={className ?? `${rowLink} font-mono text-xs`}
      data-tip={job.id.length > 18 ? job.id.slice(0, 300) : undefined}
    >
      <Highlight text={shortId(job.id)} wanted={wanted} />
    </Link>
  );
}

const id = (wanted: Wanted): JobColumn => ({
  key: "id",
  head: "Job",
  width: "w-42",
  cell: (job) => <JobLink job={job} wanted={wanted.jobId} />,
});
const task = (wanted: Wanted): JobColumn => ({
  key: "task",
  head: "Task",
  width: "w-40",
  // A whole name marked in every row would tell nothing.
  cell: (job) => (
    <span data-tip={job.task.length > 18 ? job.task.slice(0, 300) : undefined}>
      <Highlight text={job.task} wanted={job.task === wanted.task ? "" : wanted.task} />
    </span>
  ),
});
const payload = (wanted: Wanted, from?: "lg"): JobColumn => ({
  key: "payload",
  head: "Payload",
  ...(from === undefined ? {} : { from }),
  cell: (job) => (
    <span className="inline-flex max-w-full items-center gap-2">
      <JobFlags flags={job.flags} />
      <span className="truncate">
        <PayloadCell job={job} wanted={wanted.payload} />
      </span>
    </span>
  ),
});

const state: JobColumn = {
  key: "state",
  head: "State",
  width: "w-40",
  cell: (job) => <StateBadge state={job.state} />,
};
const attempt: JobColumn = {
  key: "attempt",
  head: "Attempt",
  align: "right",
  width: "w-20",
  from: "md",
  cell: attemptText,
};
const error: JobColumn = { key: "error", head: "Error", cell: (job) => <ErrorCell job={job} /> };
const lastError: JobColumn = { ...error, key: "last-error", head: "Last error", from: "lg", width: "w-72" };
const worker: JobColumn = {
  key: "worker",
  head: "Worker",
  width: "w-44",
  from: "lg",
  cell: (job) => job.worker_id ?? <span className="text-faint">–</span>,
};
const run = (head: string): JobColumn => ({
  key: "run",
  head,
  align: "right",
  width: "w-24",
  cell: (job) => <RunCell job={job} />,
});
const moment = (key: "started_at" | "finished_at" | "run_at" | "created_at", head: string): JobColumn => ({
  key,
  head,
  width: "w-28",
  from: "md",
  cell: (job) => <Moment at={job[key]} />,
});
const age = (head: string, at: (job: JobSummary) => string | null): JobColumn => ({
  key: "age",
  head,
  width: "w-28",
  cell: (job) => <RelativeTime at={at(job)} past={job.state !== "delayed"} />,
});
const since: JobColumn = {
  key: "since",
  head: "When",
  width: "w-24",
  cell: (job) => <SinceCell job={job} />,
};

/** What a table lists: one state, any (null), or samples of one error, whose message is told elsewhere. */
export type Listed = JobState | "sample" | null;

/** One jobs table; which columns it has follows from what is listed. */
export function jobColumns(listed: Listed, wanted: Wanted): JobColumn[] {
  const head = [id(wanted), task(wanted)];
  const body = payload(wanted);
  switch (listed) {
    case "waiting":
      return [...head, attempt, age("Waiting since", (job) => job.waiting_since ?? job.created_at), body];
    case "active":
      return [...head, attempt, moment("started_at", "Started"), run("Running"), worker, body];
    case "delayed":
      return [...head, attempt, moment("run_at", "Due at"), age("Due", (job) => job.run_at), lastError, body];
    case "blocked":
      return [...head, moment("created_at", "Created"), age("Since", (job) => job.created_at), body];
    case "completed":
      return [...head, attempt, moment("finished_at", "Finished"), run("Took"), worker, body];
    case "failed":
      return [...head, attempt, age("Failed", (job) => job.finished_at), error, payload(wanted, "lg")];
    case "sample":
      return [...head, state, attempt, age("Ended", (job) => job.finished_at), body];
    case null:
      return [...head, state, attempt, since, run("Run time"), worker, body];
  }
}
