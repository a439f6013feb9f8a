import type { History } from "@spillway/contract/schemas";
import type { EndedJob, EndedJobs } from "./ended-jobs.ts";

/** How many of a task's jobs are looked back on. */
const RUNS = 500;
/** Less was measured than this: it can't be told whether jobs are kept. */
const MEASURED_MS = 60_000;
/** What was counted must be found again, but for what ended while it was looked for. */
const FOUND_AGAIN = 0.9;
const LEEWAY = 5;

export interface RunShare {
  task: string;
  failed: number;
  runs: number;
  since: number;
}

/** Tells how many of a task's last jobs ended with an error of one shape, or in a sentence why nobody can. */
export interface RunShares {
  of(task: string, shapeId: string): RunShare | null;
  unknown: string | null;
}

/**
 * From jobs that ended and are still there. They tell the truth only where those that completed are kept and those that
 * failed were not taken away: what was measured to happen must be found again.
 */
export function runShares(ended: EndedJobs, history: History["history"]): RunShares {
  const unknown = whyUnknown(ended, history);
  if (unknown !== null || ended.since === null) return { of: () => null, unknown };
  const byTask = Map.groupBy(ended.jobs, ({ task }) => task);
  return {
    unknown: null,
    of(task, shapeId) {
      const last = (byTask.get(task) ?? []).slice(0, RUNS);
      const oldest = last.at(-1);
      if (oldest === undefined) return null;
      const failed = last.filter((job) => job.shapeId === shapeId).length;
      return { task, failed, runs: last.length, since: oldest.at };
    },
  };
}

function whyUnknown({ jobs, since }: EndedJobs, history: History["history"]): string | null {
  const measured = measuredSince(history, since ?? Number.NEGATIVE_INFINITY);
  if (measured === null || measured.ms < MEASURED_MS)
    return "How many of the last runs failed is not known yet: what ends here was not measured for a minute.";
  if (since === null) {
    return measured.completed === 0
      ? "How many of the last runs failed is not known: no job that completed is left to compare with."
      : "How many of the last runs failed is not known: jobs that complete are not kept.";
  }
  const found = (isFailed: boolean) =>
    jobs.filter((job) => (job.shapeId !== null) === isFailed && isWithin(job, measured)).length;
  if (found(false) < FOUND_AGAIN * measured.completed - LEEWAY)
    return "How many of the last runs failed is not known: not all jobs that complete are kept.";
  if (found(true) < FOUND_AGAIN * measured.failed - LEEWAY)
    return "How many of the last runs failed is not known: jobs that failed were retried or removed since.";
  return null;
}

function isWithin({ at }: EndedJob, { from, to }: Measured): boolean {
  return at >= from && at <= to;
}

interface Measured {
  from: number;
  to: number;
  ms: number;
  completed: number;
  failed: number;
}

/** What the counters said between samples, gaps left out; null where they say nothing. */
function measuredSince(history: History["history"], since: number): Measured | null {
  const out: Measured = { from: Number.POSITIVE_INFINITY, to: 0, ms: 0, completed: 0, failed: 0 };
  let before: number | null = null;
  for (const sample of history) {
    const at = Date.parse(sample.timestamp);
    const { throughput, failures } = sample;
    if (before !== null && before >= since && throughput !== null && failures !== null) {
      const minutes = (at - before) / 60_000;
      out.from = Math.min(out.from, before);
      out.to = at;
      out.ms += at - before;
      out.completed += throughput * minutes;
      out.failed += failures * minutes;
    }
    before = sample.gap ? null : at;
  }
  return out.ms === 0 ? null : out;
}
