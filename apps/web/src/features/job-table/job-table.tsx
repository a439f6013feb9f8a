import type { JobSummary } from "@spillway/contract/schemas";
import { type ReactNode, useMemo } from "react";
import { shortId } from "../../lib/format.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Selection, Table } from "../../ui/table.tsx";
import { attemptText, ErrorCell, JobFlags, PayloadCell, RunCell, SinceCell } from "./cells.tsx";
import { JobLink, jobColumns, type Listed, type Wanted } from "./columns.tsx";

interface JobTableProps {
  label: string;
  jobs: readonly JobSummary[];
  /** The state that all of them have, null for any. */
  state: Listed;
  wanted?: Wanted;
  selection?: Selection;
  sticky?: boolean;
  empty?: ReactNode;
}

const nothingWanted: Wanted = { jobId: "", task: "", payload: "" };

/** Jobs of one or any state; two-line cards on phones. */
export function JobTable(props: JobTableProps) {
  const { label, jobs, state, wanted = nothingWanted, selection, sticky, empty } = props;
  const columns = useMemo(() => jobColumns(state, wanted), [state, wanted]);
  return (
    <Table
      label={label}
      columns={columns}
      rows={jobs}
      rowId={jobId}
      rowLabel={(job) => shortId(job.id)}
      card={(job) => <JobCard job={job} wanted={wanted} />}
      cardNote={(job) => <JobCardNote job={job} wanted={wanted} />}
      {...(selection === undefined ? {} : { selection })}
      {...(sticky === undefined ? {} : { sticky })}
      {...(empty === undefined ? {} : { empty })}
    />
  );
}

export const jobId = (job: JobSummary): string => job.id;

function JobCard({ job, wanted }: { job: JobSummary; wanted: Wanted }) {
  return (
    <>
      <span className="min-w-0 truncate">
        <JobLink job={job} wanted={wanted.jobId} /> <span className="font-normal text-dim">{job.task}</span>
      </span>
      <span className="text-xs">
        <StateBadge state={job.state} />
      </span>
    </>
  );
}

/** One line: when, which run, and what went wrong or what it is about. */
function JobCardNote({ job, wanted }: { job: JobSummary; wanted: Wanted }) {
  // What it failed of before says little of a run under way.
  const showsPayload = job.error === null || wanted.payload !== "" || job.state === "active";
  return (
    <span className="flex w-full min-w-0 items-center gap-x-2">
      <span className="shrink-0">
        {job.state === "active" ? (
          <>
            for <RunCell job={job} />
          </>
        ) : (
          <SinceCell job={job} />
        )}{" "}
        · {attemptText(job)}
      </span>
      <JobFlags flags={job.flags} />
      <span className="truncate">
        {showsPayload ? <PayloadCell job={job} wanted={wanted.payload} /> : <ErrorCell job={job} />}
      </span>
    </span>
  );
}
