import { DURATION_BUCKETS_MS, type Flows } from "@spillway/engine";

export const FLOW_NAMES = [
  "enqueued",
  "started",
  "completed",
  "failedAttempts",
  "failed",
  "autoRetried",
  "operatorRetried",
  "stalled",
] as const;
export type FlowName = (typeof FLOW_NAMES)[number];
export type FlowCounts = Record<FlowName, number | null>;

/** What happened between two readings of the same counters; null where it can't be known. */
export interface FlowDelta {
  counts: FlowCounts;
  /** Runs per bucket of `DURATION_BUCKETS_MS`. */
  durations: Map<number, number> | null;
  durationSum: number | null;
  elapsedMs: number;
}

/** Per minute, and how long runs took in ms. */
export interface Measured {
  perMin: FlowCounts;
  meanMs: number | null;
  p95Ms: number | null;
}

/** A counter that fell, or that began anew, says nothing of what lies between. */
export function deltaOf(before: Flows, after: Flows, elapsedMs: number): FlowDelta {
  const same = before.since === after.since && elapsedMs > 0;
  const less = (a: number | null, b: number | null): number | null =>
    !same || a === null || b === null || b < a ? null : b - a;
  const counts = eachFlow((name) => less(before[name], after[name]));
  const durations = same ? histogramDelta(before.durations, after.durations) : null;
  return { counts, durations, durationSum: less(before.durationSum, after.durationSum), elapsedMs };
}

export function measure(delta: FlowDelta): Measured {
  const perMin = eachFlow((name) => {
    const count = delta.counts[name];
    return count === null ? null : (count / delta.elapsedMs) * 60_000;
  });
  return { perMin, meanMs: meanOf(delta), p95Ms: percentile(delta.durations, 0.95) };
}

/** All queues together: rates add up, run times mix. Null as soon as one part is; nothing of no parts. */
export function measureTotal(deltas: readonly FlowDelta[]): Measured | null {
  if (deltas.length === 0) return null;
  const parts = deltas.map(measure);
  const perMin = eachFlow((name) =>
    parts.reduce<number | null>((sum, { perMin: part }) => add(sum, part[name]), 0),
  );
  const durations = new Map<number, number>();
  for (const delta of deltas)
    for (const [bucket, count] of delta.durations ?? [])
      durations.set(bucket, (durations.get(bucket) ?? 0) + count);
  const durationSum = deltas.reduce((sum, delta) => sum + (delta.durationSum ?? 0), 0);
  const mixed = { counts: perMin, durations, durationSum, elapsedMs: 1 };
  return { perMin, meanMs: meanOf(mixed), p95Ms: percentile(durations, 0.95) };
}

/** Runs of one histogram that are not in the earlier one; null if either is unknown or a bucket fell. */
function histogramDelta(before: Flows["durations"], after: Flows["durations"]): Map<number, number> | null {
  if (before === null || after === null) return null;
  const out = new Map<number, number>();
  for (const [bucket, count] of after) {
    const more = count - (before.get(bucket) ?? 0);
    if (more < 0) return null;
    if (more > 0) out.set(bucket, more);
  }
  return out;
}

function meanOf({ durations, durationSum }: FlowDelta): number | null {
  const runs = runsIn(durations);
  return durationSum === null || runs === 0 ? null : durationSum / runs;
}

/** The duration below which this part of the runs lies, read within its bucket as if runs were spread evenly; ms. */
export function percentile(durations: ReadonlyMap<number, number> | null, part: number): number | null {
  const runs = runsIn(durations);
  if (durations === null || runs === 0) return null;
  let left = part * runs;
  for (const [bucket, count] of [...durations].sort(([a], [b]) => a - b)) {
    if (left > count) {
      left -= count;
      continue;
    }
    const top = DURATION_BUCKETS_MS[bucket] ?? 0;
    const bottom = bucket === 0 ? 0 : (DURATION_BUCKETS_MS[bucket - 1] ?? 0);
    return bottom + (top - bottom) * (left / count);
  }
  return null;
}

function runsIn(durations: ReadonlyMap<number, number> | null): number {
  return durations === null ? 0 : durations.values().reduce((sum, count) => sum + count, 0);
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

export function eachFlow(value: (name: FlowName) => number | null): FlowCounts {
  return {
    enqueued: value("enqueued"),
    started: value("started"),
    completed: value("completed"),
    failedAttempts: value("failedAttempts"),
    failed: value("failed"),
    autoRetried: value("autoRetried"),
    operatorRetried: value("operatorRetried"),
    stalled: value("stalled"),
  };
}

/** Retries of the engine and of operators together. */
export function retriesOf(counts: FlowCounts): number | null {
  return add(counts.autoRetried, counts.operatorRetried);
}

/** Rates per minute without jobs that came at once within it: of those that people retried first, the rest of those that came in. */
export function withoutJump(perMin: FlowCounts, jobs: number): FlowCounts {
  if (jobs <= 0) return perMin;
  const { operatorRetried: retried, enqueued } = perMin;
  const putBack = Math.min(retried ?? 0, jobs);
  return {
    ...perMin,
    operatorRetried: retried === null ? null : retried - putBack,
    enqueued: enqueued === null ? null : Math.max(0, enqueued - (jobs - putBack)),
  };
}
