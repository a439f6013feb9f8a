import { median } from "../statistics.ts";
import { count, duration } from "../words.ts";

/** How many worked in a minute in which nothing was wrong: an outage must not become the new normal. */
export interface CalmMinute {
  /** Epoch ms. */
  at: number;
  workers: number;
}

export interface LearnedBaseline {
  workers: number;
  /** Minutes it rests on, and the time they span. */
  minutes: number;
  from: number;
  to: number;
  /** One or two sentences for the screen. */
  text: string;
}

/** Fewer than this teach nothing. */
const MIN_MINUTES = 12;
const MINUTE_MS = 60_000;
const MAX_AGE_MS = 6 * 3_600_000;
/** Without a calm minute for longer than this, learning stands still. */
const FROZEN_AFTER_MS = 2.5 * 60_000;

/** How many workers are usual: the median of 6 hours of calm minutes; null until there are 12. */
export function learnedBaseline(calm: readonly CalmMinute[], now: number): LearnedBaseline | null {
  // Measured back from the last of them, so that long trouble does not age the baseline away.
  const to = calm.reduce((last, minute) => Math.max(last, minute.at), Number.NEGATIVE_INFINITY);
  const recent = calm.filter((minute) => minute.at > to - MAX_AGE_MS);
  const middle = median(recent.map((minute) => minute.workers));
  if (middle === null || recent.length < MIN_MINUTES) return null;
  const from = recent.reduce((first, minute) => Math.min(first, minute.at), to);
  const workers = Math.round(middle);
  const expected = `${count(workers, "worker is", "workers are")} expected`;
  const frozen =
    now - to <= FROZEN_AFTER_MS
      ? ""
      : ` It has stood still for ${duration(now - to)}: nothing is learned while something is wrong.`;
  const text = `${expected}: the median of ${recent.length} calm minutes over ${duration(to - from + MINUTE_MS)}.${frozen}`;
  return { workers, minutes: recent.length, from, to, text };
}
