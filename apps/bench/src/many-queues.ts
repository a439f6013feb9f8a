import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";

/** How many jobs of each state a queue is given. */
const WAITING = 8;
const ACTIVE = 1;
const DELAYED = 2;
const COMPLETED = 4;
const FAILED = 3;
const MINUTE = 60_000;

export const queueNames = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `queue-${String(n).padStart(4, "0")}`);

/** Gives each queue jobs in every state, as BullMQ leaves them. */
export async function seedQueues(redis: Redis, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const pipeline = redis.pipeline();
    const base = `bull:${name}:`;
    const now = Date.now();
    let id = 0;
    const job = (fields: Record<string, string | number>): string => {
      id++;
      pipeline.hset(`${base}${id}`, { ...COMMON, timestamp: now - 3 * MINUTE, ...fields });
      return `${id}`;
    };
    const times = (count: number, each: (n: number) => void) =>
      Array.from({ length: count }, (_, n) => each(n));
    pipeline.hset(`${base}meta`, "version", "bullmq:6.7.0", "opts.maxLenEvents", 10_000);
    times(WAITING, () => pipeline.lpush(`${base}wait`, job({})));
    times(ACTIVE, () => {
      const active = job({ processedOn: now - 1_000, ats: 1, pb: "worker-1" });
      pipeline
        .lpush(`${base}active`, active)
        .set(`${base}${active}:lock`, `${randomUUID()}:1`, "PX", 10 * MINUTE);
    });
    times(DELAYED, (n) => {
      const at = now + (n + 10) * MINUTE;
      pipeline.zadd(`${base}delayed`, at * 4096 + n, job({ delay: at - now }));
    });
    const ended = { processedOn: now - 2 * MINUTE, finishedOn: now - MINUTE, ats: 1, atm: 1, pb: "worker-1" };
    times(COMPLETED, () =>
      pipeline.zadd(`${base}completed`, now - MINUTE, job({ ...ended, returnvalue: "{}" })),
    );
    times(FAILED, () => pipeline.zadd(`${base}failed`, now - MINUTE, job({ ...ended, ...FAULT })));
    pipeline.set(`${base}id`, id);
    await pipeline.exec();
  }
}

const COMMON = {
  name: "invoice.charge",
  data: JSON.stringify({ tenant: "tenant-7", invoice: "inv_42", note: "x".repeat(120) }),
  opts: '{"attempts":3,"backoff":{"type":"exponential","delay":1000}}',
  delay: 0,
  priority: 0,
};

const FAULT = {
  failedReason: "connect to 10.0.3.17:443 timed out after 3000 ms",
  stacktrace: JSON.stringify([
    "TimeoutError: connect to 10.0.3.17:443 timed out after 3000 ms\n    at charge (/srv/app/src/charge.ts:12:3)",
  ]),
};
