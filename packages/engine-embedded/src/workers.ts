import { dispatch, dispatchFor } from "./dispatch.ts";
import { remember } from "./job.ts";
import { enqueue } from "./lifecycle.ts";
import { cancelledError, failForGood, leaveWorker } from "./outcomes.ts";
import type { Run } from "./run.ts";
import type { Worker, WorkerOptions } from "./worker.ts";
import type { World } from "./world.ts";

/** How long a worker that stopped or was lost stays listed after it holds no job. */
const STOPPED_KEPT_MS = 600_000;
const LOST_KEPT_MS = 3_600_000;
/** A job that stalls more often than this fails. */
const STALLS_ALLOWED = 1;

export function addWorker(world: World, options: WorkerOptions): Worker {
  const worker: Worker = {
    id: options.id ?? `worker-${world.nextVersion()}`,
    name: options.name ?? null,
    host: options.host ?? null,
    pid: options.pid ?? null,
    version: options.version ?? null,
    queues: [...options.queues],
    concurrency: Math.max(1, options.concurrency ?? 1),
    process: options.process ?? null,
    simulate: options.simulate ?? null,
    startedAt: world.agenda.now(),
    runs: new Set(),
    leaving: false,
    stoppedAt: null,
    lostAt: null,
    onStopped: [],
  };
  for (const queue of worker.queues) world.define(queue);
  world.workers.set(worker.id, worker);
  dispatchFor(world, worker);
  return worker;
}

/** It takes no new job, finishes what it has, then says goodbye. */
export function stopWorker(world: World, worker: Worker): void {
  if (worker.leaving || worker.lostAt !== null) return;
  worker.leaving = true;
  const unlist = (): void => {
    world.agenda.after(STOPPED_KEPT_MS, () => world.workers.delete(worker.id));
  };
  worker.onStopped.push(unlist);
  if (worker.runs.size > 0) return;
  worker.stoppedAt = world.agenda.now();
  for (const tell of worker.onStopped) tell();
}

/** It is gone without a word: its jobs stay active until their locks run out. */
export function loseWorker(world: World, worker: Worker): void {
  if (worker.lostAt !== null || worker.stoppedAt !== null) return;
  worker.lostAt = world.agenda.now();
  for (const run of worker.runs) {
    const lockMs = world.queues.get(run.job.queue)?.options.lockMs ?? 0;
    world.agenda.after(lockMs, () => stall(world, run));
  }
  world.agenda.after(LOST_KEPT_MS, () => world.workers.delete(worker.id));
}

/** Gives up on a lost worker's jobs before their locks run out. */
export function recoverJobs(world: World, worker: Worker): void {
  if (worker.lostAt !== null) for (const run of worker.runs) stall(world, run);
}

/** A job whose worker is silent goes back to waiting, or fails if that happened before. */
function stall(world: World, run: Run): void {
  const { job } = run;
  const store = world.queues.get(job.queue);
  if (!store || job.run !== run) return;
  leaveWorker(run);
  job.stalledCount += 1;
  store.flows.stalled += 1;
  remember(job, world.agenda.now(), "stalled", `lock of ${run.worker.id} ran out`);
  world.emit("stalled", store.name, job.id);
  if (job.cancelRequested) failForGood(world, store, job, cancelledError("after its worker was lost"));
  else if (job.stalledCount > STALLS_ALLOWED)
    failForGood(world, store, job, {
      name: "StalledError",
      message: `job stalled ${job.stalledCount} times, allowed is ${STALLS_ALLOWED}`,
      stack: null,
    });
  else enqueue(world, store, job, "waiting");
  dispatch(world, store);
}
