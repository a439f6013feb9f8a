import type { LastSeconds, TroubleRates } from "./input.ts";

/** Below these what happens is noise. */
const SPIKE_PER_MIN = 10;
const SPIKE_TIMES_USUAL = 4;
const SPIKE_SHARE = 0.1;
/** Where nobody knows what is usual. */
const SPIKE_SHARE_ALONE = 0.25;
const SLOW_TIMES_USUAL = 2.5;
const SLOW_BY_MS = 250;
/** So many runs of the last seconds tell how long runs take now. */
const ENOUGH_RUNS = 20;
/** How far below the limit they must be for it to be over: one at the limit must not come and go. */
const WELL_BELOW = 0.6;

/**
 * What the last seconds say of something that the last minute shows: it goes on, it is over, or they are too few or too
 * near the limit to tell.
 */
export type Lately = "goes on" | "over" | "unclear";

type Runs = Pick<TroubleRates, "completed" | "failedAttempts">;

/** Of the runs that ended, how many threw: 0 to 1; null where unknown. */
export function failingShare({ completed, failedAttempts }: Runs): number | null {
  if (completed === null || failedAttempts === null) return null;
  return failedAttempts / Math.max(completed + failedAttempts, 1);
}

/** More runs fail than usual (per minute; null: not known), in number and in share. */
export function isSpike(rates: Runs, usual: number | null): boolean {
  const failing = rates.failedAttempts ?? 0;
  const share = failingShare(rates);
  const unusual = usual === null ? (share ?? 0) >= SPIKE_SHARE_ALONE : failing >= SPIKE_TIMES_USUAL * usual;
  return failing >= SPIKE_PER_MIN && unusual && (share ?? 1) >= SPIKE_SHARE;
}

/** `failing`: per minute, over the last one. */
export function spikeLately(failing: number, last: LastSeconds | null, usual: number | null): Lately {
  if (last === null || last.rates.failedAttempts === null || isSpike(last.rates, usual)) return "goes on";
  const minutes = last.spanMs / 60_000;
  const expected = failing * minutes;
  // Fewer than chance would make them if it went on as in the minute before.
  const isFewer = last.rates.failedAttempts * minutes < expected - 3 * Math.sqrt(expected);
  return isFewer ? "over" : "unclear";
}

/** Durations ms. */
export function isSlow(p95: number | null, usual: number): boolean {
  return p95 !== null && p95 >= slowFrom(usual);
}

/** `p95`: of the minutes in which runs were slow. */
export function slowLately(p95: number | null, last: LastSeconds | null, usual: number): Lately {
  if (last === null || last.runP95Ms === null) return "goes on";
  // Once a backlog is done the last of its long runs end alone: slow, but not as slow as it was.
  if (isSlow(last.runP95Ms, usual)) return last.runP95Ms >= WELL_BELOW * (p95 ?? 0) ? "goes on" : "unclear";
  const ended = (last.rates.completed ?? 0) + (last.rates.failedAttempts ?? 0);
  // Slow runs tell their duration only when they end: a few quick ones between them say little.
  if ((ended * last.spanMs) / 60_000 < ENOUGH_RUNS) return "unclear";
  return last.runP95Ms < Math.max(usual, WELL_BELOW * slowFrom(usual)) ? "over" : "unclear";
}

function slowFrom(usual: number): number {
  return Math.max(SLOW_TIMES_USUAL * usual, usual + SLOW_BY_MS);
}
