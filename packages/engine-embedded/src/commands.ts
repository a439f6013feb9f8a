import type { QueueEngine } from "@spillway/engine";
import * as holds from "./holds.ts";
import { actOnJobs } from "./many-writes.ts";
import type { Reads, Ready } from "./reads.ts";
import * as schedules from "./schedules.ts";
import * as writes from "./writes.ts";

export type Commands = Omit<
  QueueEngine,
  keyof Reads | "info" | "capabilities" | "subscribe" | typeof Symbol.asyncDispose
>;

/** The port's writes. */
export function commands(ready: Ready): Commands {
  return {
    pauseQueue: async (queue) => writes.pauseQueue(ready(), queue),
    resumeQueue: async (queue) => writes.resumeQueue(ready(), queue),
    actOnJobs: async (queue, action, targets, many) => actOnJobs(ready(), queue, action, targets, many),
    holdWaiting: async (queue, hold, which) => holds.holdWaiting(ready(), queue, hold, which),
    releaseHeld: async (queue, holdId, limit) => holds.releaseHeld(ready(), queue, holdId, limit),
    purgeHeld: async (queue, holdId, limit) => holds.purgeHeld(ready(), queue, holdId, limit),
    retryJob: async (queue, id, write) => writes.retryJob(ready(), queue, id, write),
    cancelJob: async (queue, id, write) => writes.cancelJob(ready(), queue, id, write),
    removeJob: async (queue, id, write) => writes.removeJob(ready(), queue, id, write),
    promoteJob: async (queue, id, write) => writes.promoteJob(ready(), queue, id, write),
    pauseSchedule: async (queue, id) => schedules.pauseSchedule(ready().store(queue), id),
    async resumeSchedule(queue, id) {
      const world = ready();
      schedules.resumeSchedule(world, world.store(queue), id);
    },
    async runSchedule(queue, id) {
      const world = ready();
      return schedules.runSchedule(world, world.store(queue), id);
    },
    removeSchedule: async (queue, id) => schedules.removeSchedule(ready().store(queue), id),
  };
}
