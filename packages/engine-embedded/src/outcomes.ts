import type { JobError } from "@spillway/engine";
import { dispatch, dispatchFor } from "./dispatch.ts";
import { backoffMs, type Job, keepStack, recordAttempt, remember } from "./job.ts";
import { delay, enqueue, forget, move, releaseParent } from "./lifecycle.ts";
import type { QueueStore } from "./queue-store.ts";
import type { Outcome, Run } from "./run.ts";
import type { World } from "./world.ts";

/** Ends a run once; what a lost worker or an already ended run says later is not heard. */
export function endRun(world: World, run: Run, outcome: Outcome): void {
  const { job, worker } = run;
  const store = world.queues.get(job.queue);
  if (!store || job.run !== run || worker.lostAt !== null) return;
  const at = world.agenda.now();
  leaveWorker(run);
  store.flows.measure(at - run.startedAt);
  job.attemptsMade += 1;
  if (outcome.type === "completed") complete(world, store, job, outcome.result);
  else failRun(world, store, job, outcome);
  if (worker.leaving && worker.runs.size === 0) sayGoodbye(world, run);
  dispatch(world, store);
  dispatchFor(world, worker);
}

/** The job no longer belongs to the worker. */
export function leaveWorker(run: Run): void {
  run.job.run = null;
  run.worker.runs.delete(run);
  for (const tell of run.onOver) tell();
}

function sayGoodbye(world: World, run: Run): void {
  run.worker.stoppedAt = world.agenda.now();
  for (const tell of run.worker.onStopped) tell();
}

function complete(world: World, store: QueueStore, job: Job, result: string | null): void {
  const at = world.agenda.now();
  recordAttempt(job, at, null);
  job.result = result;
  job.error = null;
  job.finishedAt = at;
  move(world, store, job, "completed");
  remember(job, at, "completed");
  store.flows.completed += 1;
  world.emit("completed", store.name, job.id);
  releaseParent(world, job);
  if (job.removeOnComplete) forget(world, store, job);
  else trim(world, store, "completed", store.options.keepCompleted);
}

function failRun(world: World, store: QueueStore, job: Job, outcome: Outcome & { type: "failed" }): void {
  const at = world.agenda.now();
  const error = keepStack(outcome.error);
  recordAttempt(job, at, error);
  job.error = error;
  store.flows.failedAttempts += 1;
  remember(job, at, "attempt_failed", `${error.name ?? "Error"}: ${error.message}`.slice(0, 500));
  world.emit("attempt_failed", store.name, job.id);
  if (job.cancelRequested) failForGood(world, store, job, cancelledError("while it ran"));
  else if (outcome.unrecoverable || job.attemptsMade >= job.maxAttempts)
    failForGood(world, store, job, error);
  else {
    store.flows.autoRetried += 1;
    const ms = backoffMs(job);
    if (ms > 0) delay(world, store, job, at + ms, `backs off ${ms} ms`);
    else enqueue(world, store, job, "waiting");
  }
}

export const cancelledError = (when: string): JobError => ({
  name: "Cancelled",
  message: `cancelled ${when}`,
  stack: null,
});

/** Into `failed`; nothing retries it by itself. */
export function failForGood(world: World, store: QueueStore, job: Job, error: JobError): void {
  const at = world.agenda.now();
  job.error = error;
  job.finishedAt = at;
  move(world, store, job, "failed");
  remember(job, at, "failed", error.name);
  store.flows.failed += 1;
  world.emit("failed", store.name, job.id);
  trim(world, store, "failed", store.options.keepFailed);
}

/** Forgets the oldest beyond what the queue keeps. */
function trim(world: World, store: QueueStore, state: "completed" | "failed", keep: number): void {
  const index = store.index[state];
  while (index.size > keep) {
    const oldest = index.first();
    if (!oldest) return;
    forget(world, store, oldest);
  }
}
