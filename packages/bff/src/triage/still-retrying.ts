import type { JobRow, QueueEngine } from "@spillway/engine";

/** So many jobs of a state are looked through: those that run next. */
const MOST = 1_000;
const PAGE = 200;

export interface StillRetrying {
  count: number;
  nextAt: number | null;
  /** There were more jobs than were looked through: it may be more. */
  atLeast: boolean;
}

/** Jobs that failed before and will run again: delayed or waiting, with attempts made. */
export async function stillRetrying(
  engine: Pick<QueueEngine, "listJobs">,
  queue: string,
): Promise<StillRetrying> {
  const [delayed, waiting] = await Promise.all([
    next(engine, queue, "delayed"),
    next(engine, queue, "waiting"),
  ]);
  const retried = [...delayed.rows, ...waiting.rows].filter((row) => row.attemptsMade > 0);
  const due = delayed.rows.flatMap((row) => (row.attemptsMade > 0 ? (row.runAt ?? []) : []));
  return {
    count: retried.length,
    nextAt: due.length === 0 ? null : Math.min(...due),
    atLeast: !delayed.isAll || !waiting.isAll,
  };
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
