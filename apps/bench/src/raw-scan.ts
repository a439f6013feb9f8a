import type { Redis } from "ioredis";

const BATCH = 500;
const IN_FLIGHT = 2;

/**
 * The fastest way to bring all payloads of a queue's failed jobs here without looking at them; ms. What anything that
 * reads them all is measured against.
 */
export async function rawPayloadScan(redis: Redis, queue: string): Promise<number> {
  const base = `bull:${queue}:`;
  const from = performance.now();
  const jobs = await redis.zcard(`${base}failed`);
  let next = 0;
  const lane = async () => {
    while (next < jobs) {
      const offset = next;
      next += BATCH;
      const page = ["LIMIT", offset, BATCH, "GET", "#", "GET", `${base}*->data`];
      await redis.call("SORT_RO", `${base}failed`, "BY", "nosort", ...page);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return performance.now() - from;
}
