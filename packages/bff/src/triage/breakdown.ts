import type { Breakdown } from "@spillway/contract/schemas";
import type { Clock, JobState, QueueEngine, ScanRow } from "@spillway/engine";
import { ShapeCache, SpreadSample } from "@spillway/triage";
import type { WorkerBook } from "../jobs/worker-book.ts";
import { Budget } from "../limits/budget.ts";
import { iso, isoOrNull } from "../metrics/wire-time.ts";
import type { Redactor } from "../redaction/index.ts";
import type { JobViews } from "../seams.ts";
import { type KeyOf, keyFor } from "./breakdown-keys.ts";
import { openGroup, payloadPaths } from "./breakdown-samples.ts";

/** So many jobs of a state tell what the rest is like. */
const MOST = { jobs: 5_000, ms: 700 };
const MOST_GROUPS = 100;
/** Jobs of a group that are named, and those of all groups whose payload is looked into for fields. */
const SAMPLES = 10;
const LOOKED_INTO = 10;

export interface BreakdownDeps {
  engine: QueueEngine;
  clock: Clock;
  redactor: Redactor;
  workers: () => WorkerBook;
  views: JobViews;
}

export interface BreakdownQuery {
  state: JobState;
  by: string;
  error_shape?: string | undefined;
  open?: string | undefined;
}

interface Group {
  key: string;
  shapeId: string | null;
  count: number;
  oldestAt: number | null;
  /** Null as soon as of one job nobody can tell. */
  stalled: number | null;
  ids: SpreadSample;
}

/** The newest jobs of a state, at most 5,000, counted by a key; the 100 largest groups. `queue_not_found`. */
export async function getBreakdown(
  deps: BreakdownDeps,
  queue: string,
  query: BreakdownQuery,
): Promise<Breakdown> {
  const askedAt = deps.clock.now();
  const book = deps.workers();
  const { groups, ...scanned } = await readGroups(deps, queue, query, book);
  const counted = groups.reduce((sum, group) => sum + group.count, 0);
  const opened = groups.find(({ key, shapeId }) => (shapeId ?? key) === query.open);
  const someIds = groups.slice(0, LOOKED_INTO).flatMap(({ ids }) => ids.ids());
  const [oldestAt, paths, open] = await Promise.all([
    query.state === "waiting" ? oldestWait(deps, queue, query) : oldestOf(groups),
    payloadPaths(deps, queue, someIds.slice(0, LOOKED_INTO)),
    opened ? openGroup(deps, queue, { key: opened.key, ids: opened.ids.ids() }, book) : null,
  ]);
  return {
    groups: groups.slice(0, MOST_GROUPS).map((group) => ({
      key: group.key,
      shape_id: group.shapeId,
      count: group.count,
      share: group.count / counted,
      oldest_at: isoOrNull(group.oldestAt),
      stalled: group.stalled,
      sample_job_ids: group.ids.ids(),
    })),
    groups_total: groups.length,
    oldest_at: isoOrNull(oldestAt),
    stalled: stalledOf(groups),
    paths,
    opened: open,
    ...scanned,
    as_of: iso(askedAt),
  };
}

/** Largest first. */
async function readGroups(
  { engine, clock, redactor }: BreakdownDeps,
  queue: string,
  { state, by, error_shape }: BreakdownQuery,
  book: WorkerBook,
) {
  const key = keyFor(by, {
    redactor,
    whoRan: (row) => book.whoRan(queue, row),
    versionOf: (row) => book.versionOf(queue, row),
  });
  const shapes = new ShapeCache(redactor.value);
  const matches = ({ error }: ScanRow): boolean =>
    error_shape === undefined || (error !== null && shapes.shapeOf(error).id === error_shape);
  const budget = new Budget(clock, MOST);
  const groups = new Map<string, Group>();
  const progress = { scanned: 0, total_to_scan: 0, complete: true };
  const asked = error_shape === undefined ? key.fields : [...key.fields, "error" as const];
  const fields = [...new Set([...asked, "times" as const, "worker" as const])];
  for await (const batch of engine.scan(queue, { states: [state], fields })) {
    budget.spend(batch.scanned - progress.scanned);
    for (const row of batch.rows) if (matches(row)) tally(groups, key, row, state);
    progress.scanned = batch.scanned;
    progress.total_to_scan = batch.totalToScan;
    progress.complete = batch.cursor === null;
    if (budget.isSpent) break;
  }
  const largest = [...groups.values()].sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  return { groups: largest, ...progress };
}

function tally(groups: Map<string, Group>, { of, shapeOf }: KeyOf, row: ScanRow, state: JobState): void {
  // Two shapes may have one title: they stay apart.
  const shapeId = shapeOf?.(row) ?? null;
  const key = of(row);
  const group = groups.get(shapeId ?? key) ?? emptyGroup(key, shapeId);
  groups.set(shapeId ?? key, group);
  group.count++;
  if (row.stalled === null) group.stalled = null;
  else if (row.stalled && group.stalled !== null) group.stalled++;
  group.ids.add(row.id);
  const at = sinceWhen(row, state);
  if (at !== null && (group.oldestAt === null || at < group.oldestAt)) group.oldestAt = at;
}

function oldestOf(groups: readonly Group[]): number | null {
  const known = groups.flatMap(({ oldestAt }) => oldestAt ?? []);
  return known.reduce<number | null>((oldest, at) => (oldest === null || at < oldest ? at : oldest), null);
}

/** Since when the oldest waits, as the queue itself tells it: one that was retried waits for less long than it exists. */
async function oldestWait(
  { engine }: BreakdownDeps,
  queue: string,
  { error_shape }: BreakdownQuery,
): Promise<number | null> {
  return error_shape === undefined ? (await engine.queue(queue)).oldestWaitingSince : null;
}

/** Unknown as soon as it is unknown of one group. */
const stalledOf = (groups: readonly Group[]): number | null =>
  groups.reduce<number | null>(
    (sum, { stalled }) => (sum === null || stalled === null ? null : sum + stalled),
    0,
  );

function emptyGroup(key: string, shapeId: string | null): Group {
  return { key, shapeId, count: 0, oldestAt: null, stalled: 0, ids: new SpreadSample(SAMPLES) };
}

/** Since when a job is in its state, as far as a scan knows. */
function sinceWhen(row: ScanRow, state: JobState): number | null {
  if (state === "active") return row.startedAt;
  return state === "completed" || state === "failed" ? row.finishedAt : row.createdAt;
}
