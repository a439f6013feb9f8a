import type { QueueEngine, ScanRow } from "@spillway/engine";
import { type Conceal, ShapeCache } from "@spillway/triage";

/** So many of each end are read: the newest. */
export const MOST_ENDED = 2_000;

/** A job that ended. `shapeId` is null for one that completed. */
export interface EndedJob {
  task: string;
  at: number;
  shapeId: string | null;
}

export interface EndedJobs {
  /** Newest first. */
  jobs: EndedJob[];
  /** From when on these are all that the engine still has; null if it has none that completed. Epoch ms. */
  since: number | null;
}

/** The newest jobs of one end, newest first. */
export interface Newest {
  jobs: EndedJob[];
  /** There are no older ones. */
  isAll: boolean;
}

/**
 * The jobs of a queue that ended last, from the time on for which both ends are known. Those that are still there, and of
 * those that failed `readBefore` may stand for a reading of its own.
 */
export async function readEndedJobs(
  engine: Pick<QueueEngine, "scan">,
  queue: string,
  readBefore: Newest | null,
  conceal: Conceal,
): Promise<EndedJobs> {
  const [completed, failed] = await Promise.all([
    newest(engine, queue, "completed", () => null),
    readBefore ?? newestFailed(engine, queue, conceal),
  ]);
  const oldestCompleted = completed.jobs.at(-1)?.at;
  // Older completed jobs may have been there and gone: nothing is said of the time before the oldest that is left.
  if (oldestCompleted === undefined) return { jobs: failed.jobs, since: null };
  const since = failed.isAll ? oldestCompleted : Math.max(oldestCompleted, failed.jobs.at(-1)?.at ?? 0);
  const jobs = [...completed.jobs, ...failed.jobs]
    .filter(({ at }) => at >= since)
    .sort((a, b) => b.at - a.at);
  return { jobs, since };
}

function newestFailed(engine: Pick<QueueEngine, "scan">, queue: string, conceal: Conceal): Promise<Newest> {
  const shapes = new ShapeCache(conceal);
  return newest(engine, queue, "failed", ({ error }) => (error === null ? "" : shapes.shapeOf(error).id));
}

async function newest(
  engine: Pick<QueueEngine, "scan">,
  queue: string,
  state: "completed" | "failed",
  shapeId: (row: ScanRow) => string | null,
): Promise<Newest> {
  const jobs: EndedJob[] = [];
  const ends = ["task", "finished"] as const;
  const fields = state === "failed" ? ([...ends, "error"] as const) : ends;
  for await (const batch of engine.scan(queue, { states: [state], fields })) {
    for (const row of batch.rows) {
      if (row.task === null || row.finishedAt === null) continue;
      jobs.push({ task: row.task, at: row.finishedAt, shapeId: shapeId(row) });
    }
    if (jobs.length >= MOST_ENDED && batch.cursor !== null) return { jobs, isAll: false };
  }
  return { jobs, isAll: true };
}
