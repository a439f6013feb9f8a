import type { JobRow, QueueEngine } from "@spillway/engine";
import { hasRetried, type Operation } from "../operations/index.ts";
import type { FateBook } from "../seams.ts";

const PAGE = 200;

export interface FateDeps {
  engine: Pick<QueueEngine, "jobsById">;
  fates: Pick<FateBook, "lastKnown">;
}

export type RetryFate = "completed" | "failed_again" | "still_open" | "unknown";

/** The rows of jobs that are still there, by id. */
export async function rowsOf(
  engine: FateDeps["engine"],
  queue: string,
  jobIds: readonly string[],
): Promise<Map<string, JobRow>> {
  const ids = [...new Set(jobIds)];
  const rows = new Map<string, JobRow>();
  for (let start = 0; start < ids.length; start += PAGE)
    for (const row of await engine.jobsById(queue, ids.slice(start, start + PAGE))) rows.set(row.id, row);
  return rows;
}

/** What became of a job that was retried at a time and not again: by what it is now, or by what was last heard of it. */
export function fateOf(
  fates: FateDeps["fates"],
  queue: string,
  jobId: string,
  at: string,
  row: JobRow | undefined,
): RetryFate {
  if (row === undefined) {
    const last = fates.lastKnown(queue, jobId);
    if (last === null || last.at < at) return "unknown";
    return last.event === "completed" ? "completed" : last.event === "failed" ? "failed_again" : "unknown";
  }
  if (row.state !== "completed" && row.state !== "failed") return "still_open";
  // It ended before: whether the retry took effect is not known.
  if (row.finishedAt === null || row.finishedAt < Date.parse(at)) return "unknown";
  return row.state === "completed" ? "completed" : "failed_again";
}

/** Whether one of these operations put the job back. */
export async function isAmong(operations: readonly Operation[], jobId: string): Promise<boolean> {
  for (const operation of operations) if (await hasRetried(operation, jobId)) return true;
  return false;
}
