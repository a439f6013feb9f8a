import { monitorEventLoopDelay } from "node:perf_hooks";

/**
 * Loaded ahead of a server that is measured: tells its parent, whenever asked, how late its event loop was since it was
 * asked last, ms. What the histogram holds includes its own resolution, which is taken off.
 */
const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
process.on("message", (asked) => {
  if (asked !== "delay") return;
  process.send?.({ p99: ms(delay.percentile(99)), worst: ms(delay.max) });
  delay.reset();
});
// Whoever is measured ends as if nobody listened.
process.channel?.unref();
