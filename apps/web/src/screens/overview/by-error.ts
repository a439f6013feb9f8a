import type { JobSummary } from "@spillway/contract/schemas";

/** Jobs of one task that failed with errors of one shape. */
export interface FailedAlike {
  key: string;
  newest: JobSummary;
  count: number;
}

/** One entry for each error of a task, in the order in which they came; jobs without an error stand alone. */
export function byError(jobs: readonly JobSummary[]): FailedAlike[] {
  const alike = new Map<string, FailedAlike>();
  for (const job of jobs) {
    const key = JSON.stringify([job.queue, job.task, job.error?.shape_id ?? job.id]);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { key, newest: job, count: 1 });
    else known.count += 1;
  }
  return [...alike.values()];
}
