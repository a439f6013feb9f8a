import { performance } from "node:perf_hooks";
import type { ProcessFigures } from "../deps.ts";

/** What this process takes, for a scrape. */
export function processFigures(): ProcessFigures {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    startedAtS: performance.timeOrigin / 1_000,
    cpuS: (user + system) / 1_000_000,
    residentBytes: rss,
    heapUsedBytes: heapUsed,
    loopBusyS: performance.eventLoopUtilization().active / 1_000,
  };
}
