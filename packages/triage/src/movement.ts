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
}

const NOW_MS = 5 * 60_000;
const BEFORE_MS = 30 * 60_000;

/** Failures and retries a minute: the mean of the last 5 minutes beside that of the 30 minutes before; null without samples. */
export function movement(samples: readonly MovementSample[], now: number): Movement {
  const known = samples.filter(
    (sample) => !sample.gap && sample.at <= now && sample.at > now - NOW_MS - BEFORE_MS,
  );
  const recent = known.filter((sample) => sample.at > now - NOW_MS);
  const earlier = known.filter((sample) => sample.at <= now - NOW_MS);
  const compare = (flow: "failedAttempts" | "failed" | "retried"): NowAndBefore => ({
    now: mean(recent.flatMap((sample) => sample[flow] ?? [])),
    before: mean(earlier.flatMap((sample) => sample[flow] ?? [])),
  });
  return {
    failedAttemptsPerMin: compare("failedAttempts"),
    failedPerMin: compare("failed"),
    retriedPerMin: compare("retried"),
  };
}
