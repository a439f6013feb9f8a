import type { JobRow, QueueEngine } from "@spillway/engine";

/** More jobs than this of a state are not looked through. */
const MOST = 1_000;
const PAGE = 200;

export interface StillRetrying {
  count: number;
  nextAt: number | null;
}

/** Jobs that failed before and will run again: delayed or waiting, with attempts made. Null where there are too many to tell. */
export async function stillRetrying(
  engine: Pick<QueueEngine, "listJobs">,
  queue: string,
): Promise<StillRetrying | null> {
  const [delayed, waiting] = await Promise.all([
    all(engine, queue, "delayed"),
    all(engine, queue, "waiting"),
  ]);
  if (delayed === null || waiting === null) return null;
  const retried = [...delayed, ...waiting].filter((row) => row.attemptsMade > 0);
  const due = delayed.flatMap((row) => (row.attemptsMade > 0 ? (row.runAt ?? []) : []));
  return { count: retried.length, nextAt: due.length === 0 ? null : Math.min(...due) };
}

async function all(
  engine: Pick<QueueEngine, "listJobs">,
  queue: string,
  state: "delayed" | "waiting",
): Promise<JobRow[] | null> {
  const rows: JobRow[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await engine.listJobs(queue, state, { order: "oldest", offset, limit: PAGE });
    if (page.total > MOST) return null;
    rows.push(...page.rows);
    if (page.rows.length < PAGE || rows.length >= page.total) return rows;
  }
}
