import type { AuditRecord, ShapeRetries } from "@spillway/contract/schemas";
import type { Clock, JobRow, QueueEngine } from "@spillway/engine";
import { iso } from "../metrics/wire-time.ts";
import type { FateBook } from "../seams.ts";

/** Retries that are followed to their end: the newest. */
const MOST = 1_000;
const PAGE = 200;

export interface RetriesDeps {
  engine: Pick<QueueEngine, "jobsById">;
  clock: Clock;
  fates: FateBook;
  audit: { newestFirst(): AuditRecord[]; holds(): { since: string } };
}

type Fate = "completed" | "failed_again" | "still_open" | "unknown";
type Item = ShapeRetries["items"][number];

/** The retries of a queue's jobs on record, by the error they had failed with, and what became of the jobs. */
export async function earlierRetries(deps: RetriesDeps, queue: string): Promise<ShapeRetries> {
  const asked = deps.clock.now();
  const records = retriesIn(deps.audit.newestFirst(), queue);
  const rows = await rowsOf(deps.engine, queue, records);
  const items = new Map<string, Item>();
  const retriedLater = new Set<string>();
  for (const { jobId, shapeId, at, by } of records) {
    // One that was retried again had failed again.
    const fate = retriedLater.has(jobId)
      ? "failed_again"
      : fateOf(deps.fates, queue, jobId, at, rows.get(jobId));
    retriedLater.add(jobId);
    const item = items.get(shapeId) ?? emptyItem(shapeId, at);
    items.set(shapeId, item);
    item.jobs++;
    item[fate]++;
    if (!item.by.includes(by)) item.by.push(by);
  }
  return { items: [...items.values()], since: deps.audit.holds().since, as_of: iso(asked) };
}

interface Retry {
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

async function rowsOf(
  engine: RetriesDeps["engine"],
  queue: string,
  retries: readonly Retry[],
): Promise<Map<string, JobRow>> {
  const ids = [...new Set(retries.map(({ jobId }) => jobId))];
  const rows = new Map<string, JobRow>();
  for (let start = 0; start < ids.length; start += PAGE)
    for (const row of await engine.jobsById(queue, ids.slice(start, start + PAGE))) rows.set(row.id, row);
  return rows;
}

function fateOf(fates: FateBook, queue: string, jobId: string, at: string, row: JobRow | undefined): Fate {
  if (row === undefined) {
    const last = fates.lastKnown(queue, jobId);
    if (last === null || last.at < at) return "unknown";
    return last.event === "completed" ? "completed" : last.event === "failed" ? "failed_again" : "unknown";
  }
  if (row.state !== "completed" && row.state !== "failed") return "still_open";
  // It ended before: whether the retry took effect is not known.
  if (row.finishedAt === null || row.finishedAt < Date.parse(at)) return "unknown";
  return row.state === "completed" ? "completed" : "failed_again";
}

function emptyItem(shapeId: string, at: string): Item {
  return {
    shape_id: shapeId,
    jobs: 0,
    completed: 0,
    failed_again: 0,
    still_open: 0,
    unknown: 0,
    last_at: at,
    by: [],
  };
}
