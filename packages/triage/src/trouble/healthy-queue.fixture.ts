import type { TroubleQueue } from "./input.ts";

/** A queue in which nothing is wrong: 600 quick runs a minute, 3 of which fail. */
export function healthyTroubleQueue(name: string, at: number): TroubleQueue {
  const flows = { enqueued: 600, started: 600, completed: 595, failedAttempts: 3, failed: 1, retried: 2 };
  return {
    name,
    paused: false,
    resumedAt: null,
    counts: { waiting: 20, active: 8, delayed: 2, blocked: 0, completed: 900, failed: 12 },
    rates: { ...flows },
    usual: { ...flows },
    trend: { changePerMin: 0, direction: "steady", etaS: null },
    runP95Ms: { now: 800, usual: 800 },
    lastSeconds: null,
    workers: { count: 6, expected: 6 },
    oldestActiveSince: at - 2000,
    oldestWaitingSince: at - 1500,
    stalled: { now: 0, perMin: 0 },
  };
}
