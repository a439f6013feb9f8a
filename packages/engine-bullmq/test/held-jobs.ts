import type { QueueEngine } from "@spillway/engine";
import type { Job, JobsOptions, Queue } from "bullmq";
import { inChunks } from "./targets.ts";
import type { World } from "./world.ts";

export const HOLD = { id: "aside", until: 1_900_000_000_000 };
export const WITH_DELAYED = { includeDelayed: true };

/** Plain, lifo, prioritized, delayed and deduplicated jobs, by turns. */
export async function addMixed(queue: Queue, count: number, delay = 60_000): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `job-${i}`);
  const kinds = (i: number): JobsOptions[] => [
    {},
    { priority: 1 + (i % 3) },
    { delay: delay + (i % 50) },
    { lifo: true },
    { deduplication: { id: `once-${i}` } },
  ];
  for (const part of inChunks(ids, 1_000)) {
    const jobs = part.map((jobId) => {
      const i = Number(jobId.slice(4));
      return { name: "charge", data: { i }, opts: { jobId, ...kinds(i)[i % 5] } };
    });
    await queue.addBulk(jobs);
  }
  return ids;
}

/** What every place holds, in order, with scores. */
export async function placesOf(world: World): Promise<Record<string, string[]>> {
  const base = "bull:billing:";
  const sets = ["prioritized", "delayed", "failed", "completed", "waiting-children"];
  const inSets = await Promise.all(
    sets.map((set) => world.redis.zrange(base + set, "0", "-1", "WITHSCORES")),
  );
  const inWait = await world.redis.lrange(`${base}wait`, 0, -1);
  return Object.fromEntries([["wait", inWait], ...sets.map((set, i) => [set, inSets[i] ?? []])]);
}

/** Works on all jobs and counts how often each ran. */
export async function countRuns(world: World, concurrency = 10): Promise<Map<string, number>> {
  const runs = new Map<string, number>();
  const work = async (job: Job) => void runs.set(job.id ?? "", (runs.get(job.id ?? "") ?? 0) + 1);
  await world.worker("billing", work, { concurrency });
  return runs;
}

/** One run of each. */
export const once = (ids: readonly string[]) => ids.toSorted().map((id) => [id, 1]);
export const sorted = (runs: Map<string, number>) => [...runs].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Puts back or purges in steps until nothing is left; resolves to how many. */
export async function allOf(
  engine: QueueEngine,
  what: "releaseHeld" | "purgeHeld",
  limit = 700,
): Promise<number> {
  for (let moved = 0; ; ) {
    const step = await engine[what]("billing", HOLD.id, limit);
    moved += step.moved;
    if (step.left === 0) return moved;
  }
}
