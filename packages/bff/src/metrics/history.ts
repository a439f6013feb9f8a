import type { Sample } from "@spillway/contract/schemas";
import type { Row, Series, Timeline } from "./series.ts";
import { iso, rounded } from "./wire-time.ts";

/** Epoch ms, both ends inclusive. */
export interface HistoryRange {
  from?: number | undefined;
  to?: number | undefined;
  /** How many samples at most: the newest. */
  limit: number;
  /** Samples closer together than this are joined; below the tick interval it does nothing. */
  stepMs: number;
}

/** A tick as a reader gets it. */
interface Tick {
  at: number;
  gap: boolean;
  row: Row;
}

export interface HistorySlice {
  samples: Sample[];
  /** Ticks in the range that failed. */
  gaps: number;
}

/**
 * Samples oldest first. Joined ones show the last counts, the mean of the flows, run times weighted by runs, and the
 * highest age; a failed tick among them stays visible as a sample of its own, so that no outage is smoothed away.
 */
export function readHistory(
  timeline: Timeline,
  series: Series,
  range: HistoryRange,
  intervalMs: number,
): HistorySlice {
  const ticks = ticksIn(timeline, series, range);
  const kept = range.stepMs > intervalMs ? join(ticks, range.stepMs) : ticks;
  const newest = kept.slice(-range.limit);
  const since = newest[0]?.at ?? 0;
  return {
    samples: newest.map(toSample),
    gaps: ticks.filter((tick) => tick.gap && tick.at >= since).length,
  };
}

function ticksIn(timeline: Timeline, series: Series, { from, to }: HistoryRange): Tick[] {
  const out: Tick[] = [];
  for (let tick = Math.max(timeline.first, series.from); tick < timeline.next; tick++) {
    const at = timeline.at(tick);
    if (at < (from ?? Number.NEGATIVE_INFINITY) || at > (to ?? Number.POSITIVE_INFINITY)) continue;
    const row = series.row(tick);
    out.push({ at, gap: timeline.isGap(tick) || row.waiting === null, row });
  }
  return out;
}

function join(ticks: readonly Tick[], stepMs: number): Tick[] {
  const buckets = Map.groupBy(ticks, (tick) => Math.floor(tick.at / stepMs));
  return [...buckets.values()].flatMap(joinBucket).sort((a, b) => a.at - b.at);
}

function joinBucket(ticks: Tick[]): Tick[] {
  const good = ticks.filter((tick) => !tick.gap);
  const last = good.at(-1);
  const gap = ticks.find((tick) => tick.gap);
  if (last === undefined) return gap === undefined ? [] : [gap];
  const rows = good.map((tick) => tick.row);
  const row: Row = {
    ...last.row,
    enqueued: mean(rows, "enqueued"),
    started: mean(rows, "started"),
    throughput: mean(rows, "throughput"),
    failedAttempts: mean(rows, "failedAttempts"),
    failures: mean(rows, "failures"),
    retries: mean(rows, "retries"),
    avgMs: byRuns(rows, "avgMs"),
    p95Ms: byRuns(rows, "p95Ms"),
    oldestWaitingS: rows.reduce<number | null>((most, one) => larger(most, one.oldestWaitingS), null),
  };
  const joined = { at: last.at, gap: false, row };
  return gap === undefined ? [joined] : [joined, gap];
}

function mean(rows: readonly Row[], field: keyof Row): number | null {
  const known = rows.flatMap((row) => row[field] ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Run times mix by how many runs there were; the p95 of a mix is near this, and can't be known better from p95s. */
function byRuns(rows: readonly Row[], field: "avgMs" | "p95Ms"): number | null {
  let sum = 0;
  let weight = 0;
  for (const row of rows) {
    const value = row[field];
    if (value === null) continue;
    const runs = Math.max((row.throughput ?? 0) + (row.failedAttempts ?? 0), 1e-9);
    sum += value * runs;
    weight += runs;
  }
  return weight === 0 ? null : sum / weight;
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function toSample({ at, gap, row }: Tick): Sample {
  return { timestamp: iso(at), gap, ...(gap ? NOTHING : valuesOf(row)) };
}

/** The newest tick as the stream carries it; a gap if it failed. */
export function sampleAt(timeline: Timeline, series: Series, tick: number): Sample {
  const row = series.row(tick);
  return toSample({ at: timeline.at(tick), gap: timeline.isGap(tick) || row.waiting === null, row });
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
