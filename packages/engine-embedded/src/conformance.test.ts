import {
  createTasks,
  describeQueueEngine,
  type Harness,
  type HarnessJob,
} from "@spillway/engine/conformance";
import { createManualClock } from "./clock.ts";
import { createEmbeddedEngine } from "./engine.ts";
import type { JobOptions } from "./job.ts";
import type { Processor } from "./run.ts";

const STEP_MS = 20;
const STEPS = 500;

const payloadOf = (job: HarnessJob): unknown => job.rawPayload ?? job.payload ?? {};

function optionsOf({ id, attempts, backoffMs, delayMs, priority, children }: HarnessJob): JobOptions {
  return {
    ...(id !== undefined && { id }),
    ...(attempts !== undefined && { attempts }),
    ...(backoffMs !== undefined && { backoff: { type: "fixed", delayMs: backoffMs } }),
    ...(delayMs !== undefined && { delayMs }),
    ...(priority !== undefined && { priority }),
    ...(children && {
      children: children.map((child) => ({
        queue: child.queue,
        task: child.task,
        payload: payloadOf(child),
        options: optionsOf(child),
      })),
    }),
  };
}

async function makeHarness(): Promise<Harness> {
  const clock = createManualClock(Date.UTC(2026, 10, 24, 9));
  const engine = createEmbeddedEngine({ clock });
  const tasks = createTasks();
  const process: Processor = (context) =>
    tasks.run({ ...context, sleep: (ms) => new Promise((resolve) => void clock.after(ms, resolve)) });
  return {
    engine,
    now: () => clock.now(),
    createQueue: async (queue) => engine.defineQueue(queue),
    add: async (queue, job) => engine.add(queue, job.task, payloadOf(job), optionsOf(job)),
    async process(queue, options = {}) {
      const workerId = engine.addWorker({ queues: [queue], process, ...options });
      return { stop: () => engine.stopWorker(workerId) };
    },
    addSchedule: async (queue, schedule) => engine.addSchedule(queue, schedule),
    release: tasks.release,
    pass: (ms) => clock.advance(ms),
    async settle(until, what) {
      for (let step = 0; step < STEPS; step += 1) {
        if (await until()) return;
        await clock.advance(STEP_MS);
      }
      throw new Error(`It did not happen that ${what}.`);
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

describeQueueEngine("the embedded engine", makeHarness);
