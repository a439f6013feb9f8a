/** The largest time a Date can hold; engines may keep anything. */
const LAST = 8.64e15;

/** Epoch ms as the wire writes times. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same where a time may be unknown; a number that is no time is unknown too. */
export function isoOrNull(ms: number | null): string | null {
  return ms === null || !(Math.abs(ms) <= LAST) || ms < 0 ? null : iso(ms);
}

/** Whole and tenth seconds since a moment, never negative: clocks of two machines may disagree a little. */
export function ageSeconds(since: number | null, now: number): number | null {
  return since === null ? null : Math.max(0, Math.round((now - since) / 100) / 10);
}

/** At most two decimals: more are noise on the wire. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
