import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";

/**
 * Another client of Redis: pings it 100 times a second and tells how long it waited, in ms, whenever it is asked.
 * A process of its own, so that nobody's event loop but its own counts, and first in line for a processor where it may be: a
 * client on another machine does not wait for one of ours.
 */
try {
  setPriority(-10);
} catch {
  // Only root may. Then what is measured includes the wait for a processor.
}
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
