import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";

/** Where the workers count the runs of each job. */
export const RUNS_KEY = "oracle:runs";

/** Starts worker processes in which every job fails at once, so that a job retried twice is run twice. */
export async function startFailingWorkers(
  redisUrl: string,
  queue: string,
  count: number,
): Promise<AsyncDisposable> {
  const children = Array.from({ length: count }, () =>
    fork(join(import.meta.dirname, "failing-worker-process.ts"), [redisUrl, queue], { execArgv: [] }),
  );
  await Promise.all(children.map((child) => once(child, "message")));
  return {
    async [Symbol.asyncDispose]() {
      const exits = children.map((child) => once(child, "exit"));
      for (const child of children) child.kill();
      await Promise.all(exits);
    },
  };
}

/** Waits until the workers have run all there is. */
export async function idle(redis: Redis, queue: string): Promise<void> {
  const base = `bull:${queue}:`;
  for (;;) {
    const lengths = await Promise.all([redis.llen(`${base}wait`), redis.llen(`${base}active`)]);
    if (lengths.every((length) => length === 0)) return;
    await sleep(50);
  }
}

/** How often each job was run since `before`; jobs that were not are missing. */
export async function runsSince(
  redis: Redis,
  before: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const now = await runs(redis);
  return new Map([...now].map(([id, count]) => [id, count - (before.get(id) ?? 0)]));
}

export async function runs(redis: Redis): Promise<Map<string, number>> {
  return new Map(Object.entries(await redis.hgetall(RUNS_KEY)).map(([id, count]) => [id, Number(count)]));
}
