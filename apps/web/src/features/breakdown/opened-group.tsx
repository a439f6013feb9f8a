import type { Breakdown, JobState, JobSummary } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { plural } from "../../lib/format.ts";
import { ErrorCell, PayloadCell, RunCell, SinceCell } from "../job-table/cells.tsx";
import { JobLink } from "../job-table/columns.tsx";
import { nounOf, pathOf } from "./breakdown-keys.ts";

interface OpenedGroupProps {
  opened: NonNullable<Breakdown["opened"]>;
  state: JobState;
  by: string;
  /** The jobs of the group, where a list can be narrowed to them. */
  jobs: string | null;
  /** The query of a link that breaks down by something else. */
  byLink: (by: string) => string;
}

/** Three jobs of a group, and what more of them have in common: each field leads to the breakdown by it. */
export function OpenedGroup({ opened, state, by, jobs, byLink }: OpenedGroupProps) {
  const common = opened.common.filter((one) => one.by !== by);
  return (
    <div className="mt-1 mb-2 ml-5 flex flex-col gap-1.5 text-xs">
      {opened.samples.length === 0 ? (
        <p className="text-dim">Its jobs moved on meanwhile.</p>
      ) : (
        <ul aria-label={`Samples of ${opened.key}`} className="rounded-md border border-line">
          {opened.samples.map((job) => (
            <Sample key={job.id} job={job} state={state} />
          ))}
        </ul>
      )}
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-dim">
        {commonWords(opened.compared, common.length)}
        {common.map((one) => (
          <Link
            key={one.by}
            to={byLink(one.by)}
            preventScrollReset
            data-tip={`Break down by ${nounOf(one.by)[0]}`}
            className="text-accent [overflow-wrap:anywhere] hover:underline"
          >
            {pathOf(one.by) ?? nounOf(one.by)[0]} = {one.value}
          </Link>
        ))}
      </p>
      {jobs === null ? null : (
        <p>
          <Link to={jobs} className="text-accent hover:underline">
            All its jobs
          </Link>
        </p>
      )}
    </div>
  );
}

function commonWords(compared: number, common: number): string {
  if (compared < 2) return "One job alone: nothing to compare it with.";
  return common === 0
    ? `${plural(compared, "job")} compared: nothing else in common.`
    : `${plural(compared, "job")} compared, all with`;
}

function Sample({ job, state }: { job: JobSummary; state: JobState }) {
  return (
    <li className="border-t border-line px-2.5 py-1.5 first:border-t-0">
      <p className="flex items-baseline gap-x-3">
        <JobLink job={job} className="font-mono text-accent hover:underline" />
        <span className="text-dim">
          {state === "active" ? (
            <>
              runs <RunCell job={job} />
            </>
          ) : (
            <SinceCell job={job} />
          )}
        </span>
        <span className="ml-auto min-w-0 truncate text-faint">{job.worker_id}</span>
      </p>
      <p className="truncate text-dim">
        {state === "failed" ? <ErrorCell job={job} /> : <PayloadCell job={job} />}
      </p>
    </li>
  );
}
