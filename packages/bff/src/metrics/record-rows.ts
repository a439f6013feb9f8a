import type { Counts, EngineSnapshot, QueueSnapshot } from "@spillway/engine";
import { JOB_STATES } from "@spillway/engine";
import { type Measured, retriesOf } from "./flows.ts";
import type { Row } from "./series.ts";
import { ageSeconds } from "./wire-time.ts";

/** Workers at work, and the jobs they can run at once; null where unknown. */
export interface Staff {
  workers: number | null;
  slots: number | null;
}

/** What was measured since the row before, and of the runs of the last minutes. */
export interface Readings {
  tick: Measured | null;
  runs: Measured | null;
}

export function queueRow(queue: QueueSnapshot, at: number, readings: Readings, staff: Staff): Row {
  return {
    ...flowsOf(readings),
    ...queue.counts,
    ...staff,
    queues: null,
    oldestWaitingS: ageSeconds(queue.oldestWaitingSince, at),
    troubled: null,
  };
}

export function totalRow(snapshot: EngineSnapshot, readings: Readings, staff: Staff): Row {
  const oldest = oldestWaiting(snapshot.queues);
  return {
    ...flowsOf(readings),
    ...totalCounts(snapshot.queues),
    ...staff,
    queues: snapshot.queues.length,
    oldestWaitingS: ageSeconds(oldest, snapshot.at),
    troubled: null,
  };
}

export function totalCounts(queues: readonly QueueSnapshot[]): Counts {
  const out: Counts = { waiting: 0, active: 0, delayed: 0, blocked: 0, completed: 0, failed: 0 };
  for (const { counts } of queues) for (const state of JOB_STATES) out[state] += counts[state];
  return out;
}

export function oldestWaiting(queues: readonly QueueSnapshot[]): number | null {
  const known = queues.flatMap((queue) => queue.oldestWaitingSince ?? []);
  return known.length === 0 ? null : Math.min(...known);
}

function flowsOf({ tick, runs }: Readings) {
  return {
    enqueued: tick?.perMin.enqueued ?? null,
    started: tick?.perMin.started ?? null,
    throughput: tick?.perMin.completed ?? null,
    failedAttempts: tick?.perMin.failedAttempts ?? null,
    failures: tick?.perMin.failed ?? null,
    retries: tick === null ? null : retriesOf(tick.perMin),
    avgMs: tick?.meanMs ?? null,
    p95Ms: tick?.p95Ms ?? null,
    runMeanMs: runs?.meanMs ?? null,
    runP95Ms: runs?.p95Ms ?? null,
  };
}
