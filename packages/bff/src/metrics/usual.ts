import { learnedBaseline, type TroubleRates } from "@spillway/triage";
import type { Field, Series, Timeline } from "./series.ts";

/** What is normal for a queue, read from its own past. */
export interface Usual {
  rates: TroubleRates;
  p95Ms: number | null;
  meanMs: number | null;
  slots: number | null;
  /** Workers, as learned. */
  workers: number | null;
}

/** The last minutes are what is to be compared: they teach nothing. */
const NOT_YET_PAST_MS = 5 * 60_000;
const LOOK_BACK_MS = 6 * 3_600_000;
/** Fewer calm ticks than this are no habit. */
const MIN_TICKS = 12;
/** More than this are thinned evenly. */
const MAX_TICKS = 240;

export const NOTHING_USUAL: Usual = {
  rates: {
    enqueued: null,
    started: null,
    completed: null,
    failedAttempts: null,
    failed: null,
    retried: null,
  },
  p95Ms: null,
  meanMs: null,
  slots: null,
  workers: null,
};

/** Medians over the ticks of the last 6 hours that were good, calm, and older than 5 minutes. */
export function usualOf(timeline: Timeline, series: Series, now: number): Usual {
  const calm = calmTicks(timeline, series, now - LOOK_BACK_MS, now - NOT_YET_PAST_MS);
  const middle = (field: Field): number | null => medianOf(series, calm, field);
  const workers = learnedBaseline(
    calmTicks(timeline, series, now - LOOK_BACK_MS, now).map((tick) => ({
      at: timeline.at(tick),
      workers: series.get(tick, "workers"),
      trouble: false,
    })),
  );
  return {
    rates: {
      enqueued: middle("enqueued"),
      started: middle("started"),
      completed: middle("throughput"),
      failedAttempts: middle("failedAttempts"),
      failed: middle("failures"),
      retried: middle("retries"),
    },
    p95Ms: middle("p95Ms"),
    meanMs: middle("avgMs"),
    slots: middle("slots"),
    workers: workers?.workers ?? null,
  };
}

function calmTicks(timeline: Timeline, series: Series, from: number, to: number): number[] {
  const ticks: number[] = [];
  for (let tick = Math.max(timeline.first, series.from); tick < timeline.next; tick++) {
    const at = timeline.at(tick);
    if (at < from || at > to || timeline.isGap(tick)) continue;
    if (series.get(tick, "troubled") === 0) ticks.push(tick);
  }
  if (ticks.length <= MAX_TICKS) return ticks;
  const every = ticks.length / MAX_TICKS;
  return Array.from({ length: MAX_TICKS }, (_, i) => ticks[Math.floor(i * every)] ?? 0);
}

/** Of counts in short ticks the median is often zero where the mean is not: half the ticks see no failure at all. */
function medianOf(series: Series, ticks: readonly number[], field: Field): number | null {
  const values = ticks.flatMap((tick) => series.get(tick, field) ?? []).sort((a, b) => a - b);
  if (values.length < MIN_TICKS) return null;
  const kept = values.slice(Math.floor(values.length / 4), Math.ceil((values.length * 3) / 4));
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}
