import type { Sample } from "@spillway/contract/schemas";
import { joinRows } from "./joining.ts";
import type { Place } from "./layer.ts";
import type { Row, Series, Timeline } from "./series.ts";
import { iso, rounded } from "./wire-time.ts";

/** A tick as a reader gets it. */
interface Tick {
  at: number;
  /** How many times nobody answered; 0: it tells something. */
  gaps: number;
  row: Row;
}

export interface HistorySlice {
  samples: Sample[];
  /** Ticks in the range that failed. */
  gaps: number;
}

/**
 * Samples oldest first, the newest `limit`. Those closer together than the step are joined (0: none): a joined one shows the last
 * counts, the mean of the flows, the mean run weighted by runs, and the worst p95 and the highest age; a failed tick among them stays visible as a
 * sample of its own, so that no outage is smoothed away.
 */
export function readHistory(places: readonly Place[], limit: number, stepMs: number): HistorySlice {
  const ticks = places.flatMap(ticksAt);
  const kept = stepMs > 0 ? join(ticks, stepMs) : ticks;
  const newest = kept.slice(-limit);
  const since = newest[0]?.at ?? 0;
  return {
    samples: newest.map(toSample),
    gaps: ticks.reduce((sum, { at, gaps }) => (at >= since ? sum + gaps : sum), 0),
  };
}

/** A tick that stands for many of which some failed is two. */
function ticksAt({ timeline, series, tick }: Place): Tick[] {
  const at = timeline.at(tick);
  const row = series.row(tick);
  const missed = timeline.missed(tick);
  if (timeline.isGap(tick) || row.waiting === null) return [{ at, gaps: missed?.count ?? 1, row }];
  const told = { at, gaps: 0, row };
  return missed === null ? [told] : byTime([{ at: missed.at, gaps: missed.count, row }, told]);
}

function byTime(ticks: Tick[]): Tick[] {
  return ticks.sort((a, b) => a.at - b.at);
}

function join(ticks: readonly Tick[], stepMs: number): Tick[] {
  const buckets = Map.groupBy(ticks, (tick) => Math.floor(tick.at / stepMs));
  return byTime([...buckets.values()].flatMap(joinBucket));
}

function joinBucket(ticks: Tick[]): Tick[] {
  const good = ticks.filter((tick) => tick.gaps === 0);
  const last = good.at(-1);
  const gap = ticks.find((tick) => tick.gaps > 0);
  if (last === undefined) return gap === undefined ? [] : [gap];
  const rows = good.map((tick) => tick.row);
  const joined = { at: last.at, gaps: 0, row: joinRows(rows, last.row) };
  return gap === undefined ? [joined] : [joined, gap];
}

function toSample({ at, gaps, row }: Tick): Sample {
  const gap = gaps > 0;
  return { timestamp: iso(at), gap, ...(gap ? NOTHING : valuesOf(row)) };
}

/** The newest tick as the stream carries it; a gap if it failed. */
export function sampleAt(timeline: Timeline, series: Series, tick: number): Sample {
  const row = series.row(tick);
  const isGap = timeline.isGap(tick) || row.waiting === null;
  return toSample({ at: timeline.at(tick), gaps: isGap ? 1 : 0, row });
}

type Values = Omit<Sample, "timestamp" | "gap">;

function valuesOf(row: Row): Values {
  return {
    waiting: row.waiting,
    active: row.active,
    delayed: row.delayed,
    blocked: row.blocked,
    completed: row.completed,
    failed: row.failed,
    total_queues: row.queues,
    total_workers: row.workers,
    enqueued: rounded(row.enqueued),
    started: rounded(row.started),
    throughput: rounded(row.throughput),
    failed_attempts: rounded(row.failedAttempts),
    failures: rounded(row.failures),
    retries: rounded(row.retries),
    avg_duration_ms: rounded(row.avgMs),
    p95_duration_ms: rounded(row.p95Ms),
    oldest_waiting_age_s: rounded(row.oldestWaitingS),
  };
}

const NOTHING: Values = {
  waiting: null,
  active: null,
  delayed: null,
  blocked: null,
  completed: null,
  failed: null,
  total_queues: null,
  total_workers: null,
  enqueued: null,
  started: null,
  throughput: null,
  failed_attempts: null,
  failures: null,
  retries: null,
  avg_duration_ms: null,
  p95_duration_ms: null,
  oldest_waiting_age_s: null,
};
