import { setTimeout as sleep } from "node:timers/promises";
import { findRedisServer, type RedisServer, startRedis } from "@spillway/testkit/node";
import { type Processor, Queue, Worker, type WorkerOptions } from "bullmq";
import { Redis } from "ioredis";

/** Tests that need a redis-server are skipped where there is none, and fail in CI. */
export const withoutRedis = findRedisServer() === null && !process.env.CI;

/** A Redis of one's own with BullMQ's queues and workers on it; all closed at the end. */
export interface World extends AsyncDisposable {
  readonly server: RedisServer;
  readonly redis: Redis;
  queue(name: string, prefix?: string): Queue;
  worker(name: string, processor: Processor | URL, options?: Partial<WorkerOptions>): Worker;
}

export async function createWorld(args: readonly string[] = []): Promise<World> {
  const server = await startRedis({ args });
  const redis = new Redis(server.port, "127.0.0.1", { maxRetriesPerRequest: null });
  redis.on("error", () => {});
  const stack = new AsyncDisposableStack();
  stack.use(server);
  stack.defer(() => redis.disconnect());
  return {
    server,
    redis,
    queue(name, prefix = "bull") {
      const queue = new Queue(name, { connection: redis, prefix });
      queue.on("error", () => {});
      stack.defer(() => queue.close());
      return queue;
    },
    worker(name, processor, options = {}) {
      const worker = new Worker(name, processor, {
        connection: { host: "127.0.0.1", port: server.port },
        ...options,
      });
      worker.on("error", () => {});
      stack.defer(() => worker.close(true));
      return worker;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export async function until(condition: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`It did not come about that ${what}.`);
    await sleep(10);
  }
}
