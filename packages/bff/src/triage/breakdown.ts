import type { Breakdown } from "@spillway/contract/schemas";
import type { Clock, JobState, QueueEngine, ScanRow } from "@spillway/engine";
import type { WorkerBook } from "../jobs/worker-book.ts";
import { iso, isoOrNull } from "../metrics/wire-time.ts";
import { type KeyOf, keyFor } from "./breakdown-keys.ts";
import { Budget } from "./budget.ts";

/** So many jobs of a state tell what the rest is like. */
const MOST = { jobs: 5_000, ms: 700 };
const MOST_GROUPS = 100;
const SAMPLES = 5;

export interface BreakdownDeps {
  engine: QueueEngine;
  clock: Clock;
  redact: (text: string) => string;
  workers: () => WorkerBook;
}

interface Group {
  key: string;
  shapeId: string | null;
  count: number;
  oldestAt: number | null;
  /** Null as soon as of one job nobody can tell. */
  stalled: number | null;
  ids: string[];
}

/** The newest jobs of a state, at most 5,000, counted by a key; the 100 largest groups. `queue_not_found`. */
export async function getBreakdown(
  { engine, clock, redact, workers }: BreakdownDeps,
  queue: string,
  { state, by }: { state: JobState; by: string },
): Promise<Breakdown> {
  const askedAt = clock.now();
  const book = workers();
  const key = keyFor(by, {
    redact,
    whoRan: (row) => book.whoRan(queue, row),
    versionOf: (row) => book.versionOf(queue, row),
  });
  const budget = new Budget(clock, MOST);
  const groups = new Map<string, Group>();
  let scanned = 0;
  let total = 0;
  let complete = true;
  const fields = [...new Set([...key.fields, "times" as const, "worker" as const])];
  for await (const batch of engine.scan(queue, { states: [state], fields })) {
    budget.spend(batch.scanned - scanned);
    for (const row of batch.rows) tally(groups, key, row, state);
    scanned = batch.scanned;
    total = batch.totalToScan;
    complete = batch.cursor === null;
    if (budget.isSpent) break;
  }
  const counted = groups.values().reduce((sum, group) => sum + group.count, 0);
  const largest = [...groups.values()].sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  return {
    groups: largest.slice(0, MOST_GROUPS).map((group) => ({
      key: group.key,
      shape_id: group.shapeId,
      count: group.count,
      share: group.count / counted,
      oldest_at: isoOrNull(group.oldestAt),
      stalled: group.stalled,
      sample_job_ids: group.ids,
    })),
    scanned,
    total_to_scan: total,
    complete,
    as_of: iso(askedAt),
  };
}

function tally(groups: Map<string, Group>, { of, shapeOf }: KeyOf, row: ScanRow, state: JobState): void {
  // Two shapes may have one title: they stay apart.
  const shapeId = shapeOf?.(row) ?? null;
  const key = of(row);
  const group = groups.get(shapeId ?? key) ?? { key, shapeId, count: 0, oldestAt: null, stalled: 0, ids: [] };
  groups.set(shapeId ?? key, group);
  group.count++;
  if (row.stalled === null) group.stalled = null;
  else if (row.stalled && group.stalled !== null) group.stalled++;
  if (group.ids.length < SAMPLES) group.ids.push(row.id);
  const at = sinceWhen(row, state);
  if (at !== null && (group.oldestAt === null || at < group.oldestAt)) group.oldestAt = at;
}

/** Since when a job is in its state, as far as a scan knows. */
function sinceWhen(row: ScanRow, state: JobState): number | null {
  if (state === "active") return row.startedAt;
  return state === "completed" || state === "failed" ? row.finishedAt : row.createdAt;
}
