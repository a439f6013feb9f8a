import type { Rate } from "./meter.ts";

/** How much one party may ask. */
export interface Limits {
  /** Of one person: pages, figures, lists. */
  reads: Rate;
  /** Of one person: what makes the engine walk through jobs. */
  searches: Rate;
  /** Of one person: actions, allowed or not. */
  writes: Rate;
  /** Live streams that one person may have open. */
  streams: number;
  /** An address may stand for so many people: it gets this much of what one of them does. */
  sharers: number;
}

/**
 * Ten times what a screen asks for when all happens at once, for six windows that are looked at; and no more work than one
 * core has to spare.
 */
export const DEFAULT_LIMITS: Limits = {
  reads: { perSecond: 60, burst: 600 },
  searches: { perSecond: 15, burst: 150 },
  writes: { perSecond: 15, burst: 150 },
  streams: 30,
  sharers: 10,
};
