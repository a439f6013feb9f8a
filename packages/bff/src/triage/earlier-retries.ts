import type { AuditRecord, ShapeRetries } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import { iso } from "../metrics/wire-time.ts";
import type { Operation, Operations } from "../operations/index.ts";
import { emptyItem, manyRetries } from "./many-retries.ts";
import { type FateDeps, fateOf, isAmong, rowsOf } from "./retry-fate.ts";

/** Retries of single jobs that are followed to their end: the newest. */
const MOST = 1_000;

export interface RetriesDeps extends FateDeps {
  clock: Clock;
  operations: Pick<Operations, "retriesIn" | "learned">;
  audit: { newestFirst(): AuditRecord[]; holds(): { since: string } };
}

type Item = ShapeRetries["items"][number];

/** Retries of a queue's failed jobs, one by one and many at once, by the error they had failed with, and what became of the jobs. */
export async function earlierRetries(deps: RetriesDeps, queue: string): Promise<ShapeRetries> {
  const asked = deps.clock.now();
  const records = retriesIn(deps.audit.newestFirst(), queue);
  const operations = deps.operations.retriesIn(queue);
  const parts = [
    ...(await singleRetries(deps, queue, records, operations)),
    ...(await manyRetries(deps, queue, operations, records)),
  ];
  const items = new Map<string, Item>();
  for (const part of parts.sort((one, other) => (one.last_at < other.last_at ? 1 : -1))) {
    const item = items.get(part.shape_id);
    if (item === undefined) items.set(part.shape_id, part);
    else add(item, part);
  }
  const begun = operations.map(({ order }) => iso(order.createdAt));
  const [since = ""] = [deps.audit.holds().since, ...begun].sort();
  return { items: [...items.values()], since, as_of: iso(asked) };
}

/** Those on record one by one. */
async function singleRetries(
  deps: RetriesDeps,
  queue: string,
  records: readonly Retry[],
  operations: readonly Operation[],
): Promise<Item[]> {
  const ids = records.map(({ jobId }) => jobId);
  const rows = await rowsOf(deps.engine, queue, ids);
  const retriedLater = new Set<string>();
  const items: Item[] = [];
  for (const { jobId, shapeId, at, by } of records) {
    const later = operations.filter(({ order }) => order.createdAt > Date.parse(at));
    // One that was retried again had failed again.
    const wasAgain = retriedLater.has(jobId) || (await isAmong(later, jobId));
    const fate = wasAgain ? "failed_again" : fateOf(deps.fates, queue, jobId, at, rows.get(jobId));
    retriedLater.add(jobId);
    items.push({ ...emptyItem(shapeId, at, by), jobs: 1, [fate]: 1 });
  }
  return items;
}

function add(item: Item, part: Item): void {
  for (const count of COUNTS) item[count] += part[count];
  for (const name of part.by) if (!item.by.includes(name)) item.by.push(name);
}

const COUNTS = ["jobs", "completed", "failed_again", "still_open", "unknown", "not_looked_at"] as const;

/** One job that was retried by itself. */
export interface Retry {
  jobId: string;
  shapeId: string;
  at: string;
  by: string;
}

/** Those that took place, or may have; newest first. */
function retriesIn(records: readonly AuditRecord[], queue: string): Retry[] {
  const retries: Retry[] = [];
  for (const { action, status, job_id: jobId, timestamp: at, actor, details, ...record } of records) {
    if (action !== "job.retry" || record.queue !== queue || jobId === null) continue;
    const shapeId = details.error_shape;
    if ((status !== "success" && status !== "unknown") || typeof shapeId !== "string") continue;
    retries.push({ jobId, shapeId, at, by: actor.name ?? actor.id });
    if (retries.length >= MOST) break;
  }
  return retries;
}
