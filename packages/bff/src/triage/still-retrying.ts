import type { JobRow, QueueEngine } from "@spillway/engine";
import { type Conceal, groupShapes, type ShapeGroup } from "@spillway/triage";

/** So many jobs of a state are looked through: those that run next. */
const MOST = 1_000;
const PAGE = 200;

export interface StillRetrying {
  count: number;
  nextAt: number | null;
  /** There were more jobs than were looked through: it may be more. */
  atLeast: boolean;
  /** By how they failed last, most frequent first. */
  shapes: ShapeGroup[];
}

/** Jobs that failed before and will run again by themselves: delayed or waiting, with attempts made and attempts left. */
export async function stillRetrying(
  engine: Pick<QueueEngine, "listJobs">,
  queue: string,
  now: number,
  conceal: Conceal,
): Promise<StillRetrying> {
  const [delayed, waiting] = await Promise.all([
    next(engine, queue, "delayed"),
    next(engine, queue, "waiting"),
  ]);
  const retried = [...delayed.rows, ...waiting.rows].filter(retriesItself);
  const due = delayed.rows.filter(retriesItself).flatMap((row) => row.runAt ?? []);
  const failed = retried.filter((row) => row.error !== null);
  return {
    count: retried.length,
    nextAt: due.length === 0 ? null : Math.min(...due),
    atLeast: !delayed.isAll || !waiting.isAll,
    shapes: groupShapes(
      failed.map(({ id, task, error }) => ({ id, task, error, finishedAt: null })),
      { now, conceal },
    ).groups,
  };
}

/** One whose attempts are used up waits because somebody retried it. */
function retriesItself({ attemptsMade, maxAttempts }: JobRow): boolean {
  return attemptsMade > 0 && attemptsMade < maxAttempts;
}

async function next(
  engine: Pick<QueueEngine, "listJobs">,
  queue: string,
  state: "delayed" | "waiting",
): Promise<{ rows: JobRow[]; isAll: boolean }> {
  const rows: JobRow[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await engine.listJobs(queue, state, { order: "oldest", offset, limit: PAGE });
    rows.push(...page.rows);
    const isAll = page.rows.length < PAGE || rows.length >= page.total;
    if (isAll || rows.length >= MOST) return { rows, isAll };
  }
}
