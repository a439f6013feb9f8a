import { mean } from "./statistics.ts";

/** One tick of history; flows per minute, null where unknown. */
export interface MovementSample {
  /** Epoch ms. */
  at: number;
  gap: boolean;
  failedAttempts: number | null;
  failed: number | null;
  retried: number | null;
}

export interface NowAndBefore {
  now: number | null;
  before: number | null;
}

export interface Movement {
  failedAttemptsPerMin: NowAndBefore;
  failedPerMin: NowAndBefore;
  retriedPerMin: NowAndBefore;
  /** From when on "before" was measured, epoch ms; null where nothing was. */
  beforeFrom: number | null;
}

/** What is measured now, per minute: the very figures that are shown of queues, so that a total is the sum of its parts. */
export type MeasuredNow = Record<"failedAttempts" | "failed" | "retried", number | null>;

const NOW_MS = 5 * 60_000;
const BEFORE_MS = 30 * 60_000;

/** Failures and retries a minute: what is measured now beside the mean of the half hour before the last minutes; null where unknown. */
export function movement(samples: readonly MovementSample[], now: number, measured: MeasuredNow): Movement {
  const until = now - NOW_MS;
  const earlier = samples.filter(({ gap, at }) => !gap && at <= until && at > until - BEFORE_MS);
  const compare = (flow: keyof MeasuredNow): NowAndBefore => ({
    now: measured[flow],
    before: mean(earlier.flatMap((sample) => sample[flow] ?? [])),
  });
  const [first = null] = earlier.map(({ at }) => at).sort((a, b) => a - b);
  return {
    failedAttemptsPerMin: compare("failedAttempts"),
    failedPerMin: compare("failed"),
    retriedPerMin: compare("retried"),
    beforeFrom: first,
  };
}
