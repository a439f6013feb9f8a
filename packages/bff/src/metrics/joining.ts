import type { Field, Row } from "./series.ts";

/** How many rows become one: the last value, the mean, the mean weighted by runs, or the most. */
type Joining = "last" | "mean" | "by_runs" | "most";

/** The mean run mixes by how many runs there were. The p95 of a mix can't be known from p95s: the worst of them hides no slow minute. */
const JOINING: Record<Field, Joining> = {
  waiting: "last",
  active: "last",
  delayed: "last",
  blocked: "last",
  completed: "last",
  failed: "last",
  queues: "last",
  workers: "last",
  slots: "last",
  enqueued: "mean",
  started: "mean",
  throughput: "mean",
  failedAttempts: "mean",
  failures: "mean",
  retries: "mean",
  avgMs: "by_runs",
  p95Ms: "most",
  runMeanMs: "last",
  runP95Ms: "last",
  oldestWaitingS: "most",
  troubled: "most",
};
const JOININGS = Object.entries(JOINING) as [Field, Joining][];

/** One row for those of a stretch of time, oldest first; the last must be there. */
export function joinRows(rows: readonly Row[], last: Row): Row {
  if (rows.length === 1) return last;
  const out: Row = { ...last };
  for (const [field, joining] of JOININGS) {
    if (joining === "mean") out[field] = mean(rows, field);
    else if (joining === "most") out[field] = most(rows, field);
    else if (joining === "by_runs") out[field] = byRuns(rows, field);
  }
  return out;
}

function mean(rows: readonly Row[], field: Field): number | null {
  let sum = 0;
  let known = 0;
  for (const row of rows) {
    const value = row[field];
    if (value === null) continue;
    sum += value;
    known++;
  }
  return known === 0 ? null : sum / known;
}

function most(rows: readonly Row[], field: Field): number | null {
  let out: number | null = null;
  for (const row of rows) {
    const value = row[field];
    if (value !== null && (out === null || value > out)) out = value;
  }
  return out;
}

function byRuns(rows: readonly Row[], field: Field): number | null {
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
