/** Enough to see that something is over, long before the minute that rates are measured over has passed. */
export const LAST_SECONDS_MS = 15_000;
