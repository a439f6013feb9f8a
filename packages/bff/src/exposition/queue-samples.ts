import type { QueueSummary } from "@spillway/contract/schemas";
import { DURATION_BUCKETS_MS, type Flows, JOB_STATES } from "@spillway/engine";
import type { FamilyName, Sample } from "./families.ts";

/** Every fourth octave of the engine's histogram: 1 ms, 4 ms, 16 ms, … 17 min, which is enough to see a change. */
const BUCKETS: readonly number[] = DURATION_BUCKETS_MS.flatMap((_, index) =>
  index % 8 === 0 && index <= 80 ? [index] : [],
);

/** Nothing for what is not known. */
export function known(
  family: FamilyName,
  value: number | null | undefined,
  labels: Readonly<Record<string, string>> = {},
): Sample[] {
  return value === null || value === undefined || !Number.isFinite(value) ? [] : [{ family, labels, value }];
}

export function queueSamples({
  name,
  counts,
  paused,
  backlog,
  workers,
  expected_workers,
}: QueueSummary): Sample[] {
  const queue = { queue: name };
  return [
    ...JOB_STATES.flatMap((state) => known("spillway_jobs", counts[state], { ...queue, state })),
    ...known("spillway_queue_paused", paused ? 1 : 0, queue),
    ...known("spillway_queue_oldest_waiting_age_seconds", backlog.oldest_waiting_age_s, queue),
    ...known("spillway_queue_workers", workers, queue),
    ...known("spillway_queue_expected_workers", expected_workers?.value, queue),
  ];
}

/** Counters as the engine keeps them: who reads them takes differences, and sees by a smaller value that they began anew. */
export function flowSamples(name: string, flows: Flows): Sample[] {
  const queue = { queue: name };
  return [
    ...known("spillway_jobs_enqueued_total", flows.enqueued, queue),
    ...known("spillway_jobs_started_total", flows.started, queue),
    ...known("spillway_jobs_completed_total", flows.completed, queue),
    ...known("spillway_jobs_failed_attempts_total", flows.failedAttempts, queue),
    ...known("spillway_jobs_failed_total", flows.failed, queue),
    ...known("spillway_jobs_retried_total", flows.autoRetried, { ...queue, by: "engine" }),
    ...known("spillway_jobs_retried_total", flows.operatorRetried, { ...queue, by: "operator" }),
    ...known("spillway_jobs_stalled_total", flows.stalled, queue),
    ...runSamples(queue, flows),
  ];
}

function runSamples(queue: { queue: string }, { durations, durationSum }: Flows): Sample[] {
  if (durations === null || durationSum === null) return [];
  const family = "spillway_job_run_seconds";
  const upTo = (last: number): number => {
    let runs = 0;
    for (const [bucket, count] of durations) if (bucket <= last) runs += count;
    return runs;
  };
  const all = upTo(Number.POSITIVE_INFINITY);
  const bucket = (le: string, value: number): Sample => ({
    family,
    suffix: "_bucket",
    labels: { ...queue, le },
    value,
  });
  return [
    ...BUCKETS.map((index) => bucket(String((DURATION_BUCKETS_MS[index] ?? 0) / 1_000), upTo(index))),
    bucket("+Inf", all),
    { family, suffix: "_sum", labels: queue, value: durationSum / 1_000 },
    { family, suffix: "_count", labels: queue, value: all },
  ];
}
