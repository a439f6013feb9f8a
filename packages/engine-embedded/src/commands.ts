import type { QueueEngine } from "@spillway/engine";
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
    drainQueue: async (queue, drain) => writes.drainQueue(ready(), queue, drain),
    cleanQueue: async (queue, clean) => writes.cleanQueue(ready(), queue, clean),
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
