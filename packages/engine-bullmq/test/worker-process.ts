import { setTimeout as sleep } from "node:timers/promises";
import { attachSpillway } from "@spillway/worker-agent";
import { type Job, type Processor, Worker } from "bullmq";

/** What a worker process is to do: `test/worker-processes.ts` sends it as its first argument. */
export interface WorkerPlan {
  port: number;
  queue: string;
  name: string | null;
  /** False: an ordinary worker that knows nothing of Spillway. */
  agent: boolean;
  version?: string;
  concurrency?: number;
  /** A processor that does not take a signal. */
  deaf?: boolean;
}

/** What it tells of itself. Times by its own clock. */
export type WorkerNews =
  | { told: "ready" }
  | { told: "started" | "signal" | "ended"; jobId: string; at: number };

const tell = (news: WorkerNews) => process.send?.(news);

/** `obedient` throws the signal's reason, `own-error` an AbortError of its own, `stubborn` runs on for `ms`, `fails` throws. */
async function work(job: Job, signal: AbortSignal | undefined): Promise<unknown> {
  const jobId = job.id ?? "";
  tell({ told: "started", jobId, at: Date.now() });
  signal?.addEventListener("abort", () => tell({ told: "signal", jobId, at: Date.now() }));
  try {
    if (job.name === "own-error") await sleep(60_000, undefined, { signal });
    if (job.name === "obedient") {
      for (;;) {
        signal?.throwIfAborted();
        await sleep(5);
      }
    }
    if (job.name === "fails") throw new Error("declined");
    if (job.name === "busy") blockFor(Number(job.data.ms));
    if (job.name === "to-later" && job.attemptsStarted === 1) {
      await sleep(60_000, undefined, { signal }).catch(() => {});
      await job.moveToDelayed(Date.now() + 60_000, job.token);
      throw new (await import("bullmq")).DelayedError();
    }
    await sleep(Number(job.data.ms ?? 0));
    return "done";
  } finally {
    tell({ told: "ended", jobId, at: Date.now() });
  }
}

function blockFor(ms: number): void {
  const until = Date.now() + ms;
  while (Date.now() < until);
}

const plan: WorkerPlan = JSON.parse(process.argv[2] ?? "{}");
const processor: Processor = plan.deaf
  ? (job) => work(job, undefined)
  : (job, _token, signal) => work(job, signal);
const worker = new Worker(plan.queue, processor, {
  connection: { host: "127.0.0.1", port: plan.port },
  concurrency: plan.concurrency ?? 2,
  stalledInterval: 1_000,
  ...(plan.name !== null && { name: plan.name }),
});
worker.on("error", () => {});
if (plan.agent) attachSpillway(worker, plan.version === undefined ? {} : { version: plan.version });
process.on("message", (message) => {
  if (message === "close") void worker.close().then(() => process.disconnect());
});
process.on("disconnect", () => process.exit());
await worker.waitUntilReady();
tell({ told: "ready" });
