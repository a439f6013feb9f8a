import { setTimeout as sleep } from "node:timers/promises";
import {
  createTasks,
  type Harness,
  type HarnessJob,
  type HarnessWorker,
  type MakeHarness,
} from "@spillway/engine/conformance";
import { attachSpillway } from "@spillway/worker-agent";
import { WORKERS } from "@spillway/worker-agent/protocol";
import { type FlowJob, FlowProducer, type Job, type JobsOptions, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { createBullmqEngine } from "../src/engine.ts";

const POLL_MS = 15;
const PATIENCE_MS = 10_000;

let count = 0;

/** A harness on a real Redis with real workers, with Spillway's agent or without; each has a key prefix of its own. */
export function bullmqHarness(
  connection: { host: string; port: number },
  { agents }: { agents: boolean },
): MakeHarness {
  return async () => {
    count += 1;
    const prefix = `{test}-${count}`;
    const url = `redis://${connection.host}:${connection.port}`;
    const engine = createBullmqEngine({ url, prefix });
    const tasks = createTasks();
    const redis = new Redis({ ...connection, maxRetriesPerRequest: null });
    const queues = new Map<string, Queue>();
    const workers = new Set<HarnessWorker>();
    const flows = new FlowProducer({ connection: redis, prefix });

    const queueOf = async (name: string): Promise<Queue> => {
      const known = queues.get(name);
      if (known) return known;
      const queue = new Queue(name, { connection: redis, prefix });
      queues.set(name, queue);
      await queue.waitUntilReady();
      // What a producer did must be visible: reading the queue by name makes the engine know it.
      while ((await redis.exists(`${prefix}:${name}:meta`)) === 0) await sleep(2);
      await engine.queue(name);
      await engine.snapshot();
      return queue;
    };

    return {
      engine,
      now: () => Date.now(),
      createQueue: async (name) => void (await queueOf(name)),
      async add(name, job) {
        const queue = await queueOf(name);
        if (job.children !== undefined) {
          for (const child of job.children) await queueOf(child.queue);
          return (await flows.add(flowOf(name, job))).job.id ?? "";
        }
        const added = await queue.add(job.task, job.payload ?? {}, optionsOf(job));
        if (job.rawPayload !== undefined)
          await redis.hset(`${prefix}:${name}:${added.id}`, "data", job.rawPayload);
        return added.id ?? "";
      },
      async process(name, options = {}) {
        await queueOf(name);
        const worker = new Worker(name, (job, _token, signal) => run(job, tasks, signal ?? null), {
          connection,
          prefix,
          name: `worker-${count}`,
          concurrency: options.concurrency ?? 1,
        });
        worker.on("error", () => {});
        if (agents) attachSpillway(worker, { heartbeatMs: 1_000 });
        await worker.waitUntilReady();
        if (agents) {
          while ((await redis.hexists(`${prefix}:${name}:${WORKERS}`, worker.id)) === 0) await sleep(2);
          await engine.snapshot();
        }
        const handle = {
          async stop() {
            workers.delete(handle);
            await worker.close();
          },
        };
        workers.add(handle);
        return handle;
      },
      async addSchedule(name, schedule) {
        const { id, task, payload, pattern, everyMs, timezone } = schedule;
        const repeat = {
          ...(pattern !== undefined && { pattern }),
          ...(everyMs !== undefined && { every: everyMs }),
          ...(timezone !== undefined && { tz: timezone }),
        };
        await (await queueOf(name)).upsertJobScheduler(id, repeat, { name: task, data: payload ?? {} });
      },
      release: () => tasks.release(),
      pass: (ms) => sleep(ms),
      async settle(until, what) {
        const giveUpAt = Date.now() + PATIENCE_MS;
        while (!(await until())) {
          if (Date.now() > giveUpAt) throw new Error(`It did not come about that ${what}.`);
          await sleep(POLL_MS);
        }
      },
      async seedUnreadable(name) {
        await queueOf(name);
        await redis.lpush(`${prefix}:${name}:wait`, "odd");
        return "odd";
      },
      async [Symbol.asyncDispose]() {
        tasks.release();
        await Promise.all([...workers].map((worker) => worker.stop()));
        await flows.close();
        await Promise.all([...queues.values()].map((queue) => queue.close()));
        await engine[Symbol.asyncDispose]();
        redis.disconnect();
      },
    } satisfies Harness;
  };
}

function optionsOf(job: HarnessJob): JobsOptions {
  return {
    ...(job.id !== undefined && { jobId: job.id }),
    ...(job.attempts !== undefined && { attempts: job.attempts }),
    ...(job.backoffMs !== undefined && { backoff: { type: "fixed", delay: job.backoffMs } }),
    ...(job.delayMs !== undefined && { delay: job.delayMs }),
    ...(job.priority !== undefined && { priority: job.priority }),
  };
}

function flowOf(queueName: string, job: HarnessJob): FlowJob {
  return {
    name: job.task,
    queueName,
    data: job.payload ?? {},
    opts: optionsOf(job),
    children: (job.children ?? []).map((child) => flowOf(child.queue, child)),
  };
}

function run(job: Job, tasks: ReturnType<typeof createTasks>, signal: AbortSignal | null): Promise<unknown> {
  return tasks.run({
    task: job.name,
    attempt: job.attemptsMade + 1,
    signal,
    log: (line) => job.log(line),
    progress: (percent) => job.updateProgress(percent),
    sleep: (ms) => sleep(ms),
  });
}
