import { setTimeout as sleep } from "node:timers/promises";
import type { EngineError } from "@spillway/engine";
import { EngineError as EngineErrorClass } from "@spillway/engine";
import { findRedisServer, type RedisServer, startRedis } from "@spillway/testkit/node";
import { type Job, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

/** Tests that need a redis-server are skipped where there is none, and fail in CI. */
export const withoutRedis = findRedisServer() === null && !process.env.CI;

/** A Redis of one's own with BullMQ's queues and workers on it; all closed at the end. */
export interface World extends AsyncDisposable {
  readonly server: RedisServer;
  readonly redis: Redis;
  queue(name: string, prefix?: string): Queue;
  worker(
    name: string,
    process: (job: Job) => Promise<unknown>,
    options?: { concurrency?: number; name?: string },
  ): Promise<Worker>;
}

export async function createWorld(args: readonly string[] = []): Promise<World> {
  const server = await startRedis({ args });
  const connection = { host: "127.0.0.1", port: server.port };
  const redis = new Redis({ ...connection, maxRetriesPerRequest: null });
  redis.on("error", () => {});
  const closers: (() => Promise<void>)[] = [];
  return {
    server,
    redis,
    queue(name, prefix = "bull") {
      const queue = new Queue(name, { connection: redis, prefix });
      queue.on("error", () => {});
      closers.push(() => queue.close());
      return queue;
    },
    async worker(name, process, options = {}) {
      const worker = new Worker(name, process, { connection, ...options });
      worker.on("error", () => {});
      closers.unshift(() => worker.close(true));
      await worker.waitUntilReady();
      return worker;
    },
    async [Symbol.asyncDispose]() {
      for (const close of closers) await close();
      redis.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
}

export async function until(
  condition: () => Promise<boolean> | boolean,
  what: string,
  ms = 30_000,
): Promise<void> {
  const giveUpAt = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`It did not come about that ${what}.`);
    await sleep(15);
  }
}

/** What a call was refused with; throws if it was not. */
export async function refusalOf(attempt: Promise<unknown>): Promise<EngineError> {
  const thrown = await attempt.then(
    (value) => new Error(`expected a refusal, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (thrown instanceof EngineErrorClass) return thrown;
  throw thrown;
}
