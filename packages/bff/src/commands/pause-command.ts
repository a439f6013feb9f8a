import type { QueueEngine } from "@spillway/engine";
import type { ShortCommand } from "./command.ts";

/** Pauses a queue, or resumes it. */
export function pauseCommand(
  engine: Pick<QueueEngine, "queue" | "pauseQueue" | "resumeQueue">,
  queue: string,
  paused: boolean,
): ShortCommand<object> {
  return {
    queue,
    jobId: null,
    async act(notes) {
      const before = await engine.queue(queue);
      notes.from = before.paused ? "paused" : "running";
      notes.waiting = before.counts.waiting;
      await (paused ? engine.pauseQueue(queue) : engine.resumeQueue(queue));
      notes.to = paused ? "paused" : "running";
      return { affected: before.paused === paused ? 0 : 1, reply: {} };
    },
    async readBack(notes) {
      if ((await engine.queue(queue)).paused !== paused) return null;
      notes.to = paused ? "paused" : "running";
      return { affected: null, reply: {} };
    },
  };
}
