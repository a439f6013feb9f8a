import type { TroubleRates } from "@spillway/triage";
import type { Field, Series, Timeline } from "./series.ts";

/** What is normal for a queue, read from its own past. */
export interface Usual {
  rates: TroubleRates;
  p95Ms: number | null;
  meanMs: number | null;
  slots: number | null;
}

/** The last minutes are what is to be compared: they teach nothing. */
const NOT_YET_PAST_MS = 5 * 60_000;
export const USUAL_LOOKS_BACK_MS = 6 * 3_600_000;
/** Fewer calm ticks than this are no habit. */
const MIN_TICKS = 12;
/** Of more, about so many: whole minutes, spread evenly over the time. */
const MAX_TICKS = 720;

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
};

/** Medians over the ticks of the last 6 hours that were good, calm, and older than 5 minutes. */
export function usualOf(timeline: Timeline, series: Series, now: number): Usual {
  const calm = calmTicks(timeline, series, now - USUAL_LOOKS_BACK_MS, now - NOT_YET_PAST_MS);
  const perMin = (field: Field): number | null => usualRate(timeline, series, calm, field);
  const middle = (field: Field): number | null =>
    medianOf(calm.flatMap((tick) => series.get(tick, field) ?? []));
  return {
    rates: {
      enqueued: perMin("enqueued"),
      started: perMin("started"),
      completed: perMin("throughput"),
      failedAttempts: perMin("failedAttempts"),
      failed: perMin("failures"),
      retried: perMin("retries"),
    },
    p95Ms: middle("runP95Ms"),
    meanMs: middle("runMeanMs"),
    slots: middle("slots"),
  };
}

function calmTicks(timeline: Timeline, series: Series, from: number, to: number): number[] {
  const ticks: number[] = [];
  for (let tick = Math.max(timeline.first, series.from); tick < timeline.next; tick++) {
    const at = timeline.at(tick);
    if (at < from || at > to || timeline.isGap(tick)) continue;
    if (series.get(tick, "troubled") === 0) ticks.push(tick);
  }
  const every = Math.ceil(ticks.length / MAX_TICKS);
  return every <= 1 ? ticks : ticks.filter((tick) => minuteOf(timeline.at(tick)) % every === 0);
}

/** The median minute. Of short ticks most see no failure at all, and their median would be zero where the rate is not. */
function usualRate(
  timeline: Timeline,
  series: Series,
  ticks: readonly number[],
  field: Field,
): number | null {
  const known = ticks.filter((tick) => series.get(tick, field) !== null);
  if (known.length < MIN_TICKS) return null;
  const minutes = Map.groupBy(known, (tick) => minuteOf(timeline.at(tick)));
  const means = minutes.values().map((group) => mean(group.flatMap((tick) => series.get(tick, field) ?? [])));
  return medianOf([...means], 1);
}

const minuteOf = (at: number): number => Math.floor(at / 60_000);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function medianOf(values: readonly number[], atLeast = MIN_TICKS): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length < atLeast ? null : (sorted[sorted.length >> 1] ?? null);
}
