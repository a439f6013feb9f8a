import type { JobSummary } from "@spillway/contract/schemas";
import { useState } from "react";
import { useJobActions } from "../../features/job-actions/use-job-actions.ts";
import { JobTable } from "../../features/job-table/job-table.tsx";
import { plural } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import type { Selection } from "../../ui/table.tsx";

interface RetrySamplesProps {
  queue: string;
  jobs: readonly JobSummary[];
  /** How many are still being read: their button has its place before them. */
  coming: number;
}

/** A try by hand: a few jobs that stand for all that failed so. */
export function RetrySamples({ queue, jobs, coming }: RetrySamplesProps) {
  const { offer, act } = useJobActions(queue);
  if (coming > 0)
    return (
      <Button size="small" disabledReason="They are still being read.">
        {`Retry ${plural(jobs.length + coming, "sample")}…`}
      </Button>
    );
  if (jobs.length === 0) return null;
  const { jobs: failed, off } = offer("job.retry", jobs);
  return (
    <Button
      size="small"
      disabledReason={failed.length === 0 && off !== null && jobs.length > 1 ? retried : off}
      onClick={() => void act("job.retry", failed, "always")}
    >
      {failed.length === 0 ? "Retry samples…" : `Retry ${plural(failed.length, "sample")}…`}
    </Button>
  );
}

const retried = "None of these samples is failed now; take other samples.";
const few = 3;

interface SamplesProps {
  jobs: readonly JobSummary[];
  loading: boolean;
  unread: boolean;
  selection: Selection;
  /** Takes other samples; null where there are none. */
  onRenew: (() => void) | null;
  /** Not only the first few. */
  all: boolean;
  onAll: () => void;
}

/** A few jobs spread over all that failed so, to look at and to try again first. */
export function Samples({ jobs, loading, unread, selection, onRenew, all, onAll }: SamplesProps) {
  const example = useExample(jobs);
  if (loading && jobs.length < few)
    return (
      // As high as what comes, for an example in one line.
      <div className="min-h-[193px]">
        <SkeletonRows rows={few} />
      </div>
    );
  const shown = all ? jobs : jobs.slice(0, few);
  return (
    <>
      {example === undefined || example === "" ? null : (
        <p className="border-b border-line px-4 py-2 text-sm text-dim [overflow-wrap:anywhere]">
          For example: <span className="text-text">{example.slice(0, 300)}</span>
        </p>
      )}
      {jobs.length === 0 ? (
        <p className="px-4 py-3 text-sm text-dim">
          {unread ? "Its samples can't be read now." : "Its samples are no longer failed or were removed."}
        </p>
      ) : (
        <JobTable label="Sample jobs" jobs={shown} state="sample" selection={selection} sticky={false} />
      )}
      <p className="flex flex-wrap gap-x-5 px-4 py-1 text-xs">
        {jobs.length > shown.length ? (
          <button type="button" className={look} onClick={onAll}>
            Show all {jobs.length} samples
          </button>
        ) : null}
        {jobs.length === 0 || jobs.some(({ state }) => state === "failed") ? null : (
          <span className="py-1 text-dim">None of these is failed now.</span>
        )}
        {onRenew === null ? null : (
          <button type="button" className={look} onClick={onRenew}>
            Take other samples
          </button>
        )}
      </p>
    </>
  );
}

/** The message of one, which stays when that one is retried: what is read must not be pulled away. */
function useExample(jobs: readonly JobSummary[]): string | undefined {
  const [first, keep] = useState<string>();
  const now = jobs.find((job) => job.error !== null)?.error?.message;
  if (first === undefined && now !== undefined) keep(now);
  return first ?? now;
}

const look = "py-1 text-accent hover:underline";
