import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";

/**
 * Another client of Redis: pings it 100 times a second and tells how long it waited, in ms, whenever it is asked.
 * A process of its own, so that nobody's event loop but its own counts.
 */
const redis = new Redis(process.argv[2] ?? "", { maxRetriesPerRequest: null });
let waits: number[] = [];
process.on("message", () => {
  process.send?.(waits);
  waits = [];
});
process.on("disconnect", () => process.exit(0));
await redis.ping();
process.send?.([]);
for (;;) {
  const from = performance.now();
  await redis.ping();
  waits.push(performance.now() - from);
  await sleep(10);
}
