import {
  type CancelEffect,
  EngineError,
  type HoldOptions,
  type JobEffect,
  type JobWriteOptions,
  type RetryOptions,
} from "@spillway/engine";
import { dispatch } from "./dispatch.ts";
import { hold } from "./holds.ts";
import { type Job, remember } from "./job.ts";
import { enqueue, forget } from "./lifecycle.ts";
import { cancelledError, failForGood } from "./outcomes.ts";
import type { QueueStore } from "./queue-store.ts";
import { Cancelled } from "./run.ts";
import type { World } from "./world.ts";

/** How long a worker is given to stop a job before the answer is that it did not. */
const STOP_DEADLINE_MS = 3000;

const effectOf = (job: Job): JobEffect => ({ state: job.state, version: job.version });

function conflict(job: Job, sentence: string): EngineError {
  return new EngineError("conflict", sentence, { current: { state: job.state, version: job.version } });
}

function expectVersion(job: Job, options: JobWriteOptions | undefined): void {
  if (options?.expectVersion !== undefined && options.expectVersion !== job.version)
    throw conflict(job, `The job has changed since it was looked at; it is ${job.state} now.`);
}

export function pauseQueue(world: World, queue: string): void {
  const store = world.store(queue);
  if (store.paused) return;
  store.paused = true;
  world.emit("paused", queue, null);
}

export function resumeQueue(world: World, queue: string): void {
  const store = world.store(queue);
  if (!store.paused) return;
  store.paused = false;
  world.emit("resumed", queue, null);
  dispatch(world, store);
}

/** Deletes the record of a job that is not active, and tells of it. */
export function discard(world: World, store: QueueStore, job: Job): void {
  forget(world, store, job);
  world.emit("removed", store.name, job.id);
}

export function retryJob(world: World, queue: string, id: string, options?: RetryOptions): JobEffect {
  const { store, job } = world.job(queue, id);
  expectVersion(job, options);
  if (job.state !== "failed")
    throw conflict(job, `Only a failed job can be retried; this one is ${job.state}.`);
  if (options?.resetAttempts) job.attemptsMade = 0;
  job.finishedAt = null;
  job.cancelRequested = false;
  job.stalledCount = 0;
  store.flows.operatorRetried += 1;
  enqueue(world, store, job, "retried");
  return effectOf(job);
}

export function promoteJob(world: World, queue: string, id: string, options?: JobWriteOptions): JobEffect {
  const { store, job } = world.job(queue, id);
  expectVersion(job, options);
  if (job.state !== "delayed")
    throw conflict(job, `Only a delayed job can be run now; this one is ${job.state}.`);
  enqueue(world, store, job, "promoted");
  return effectOf(job);
}

export function removeJob(world: World, queue: string, id: string, options?: JobWriteOptions): JobEffect {
  const { store, job } = removable(world, queue, id, options);
  discard(world, store, job);
  return { state: null, version: null };
}

/** As `removeJob`, but the job is moved aside into this hold instead. */
export function holdJob(
  world: World,
  queue: string,
  id: string,
  into: HoldOptions,
  options?: JobWriteOptions,
): JobEffect {
  const { store, job } = removable(world, queue, id, options);
  hold(world, store, job, into);
  return { state: null, version: null };
}

function removable(
  world: World,
  queue: string,
  id: string,
  options: JobWriteOptions | undefined,
): { store: QueueStore; job: Job } {
  const found = world.job(queue, id);
  expectVersion(found.job, options);
  if (found.job.state === "active")
    throw conflict(found.job, "A job that is running cannot be removed; cancel it first.");
  return found;
}

export async function cancelJob(
  world: World,
  queue: string,
  id: string,
  options?: JobWriteOptions,
): Promise<CancelEffect> {
  const { store, job } = world.job(queue, id);
  expectVersion(job, options);
  switch (job.state) {
    case "completed":
    case "failed":
      throw conflict(job, `The job is already over: it ${job.state}.`);
    case "active":
      return cancelActive(world, job);
    case "waiting":
    case "delayed":
    case "blocked":
      remember(job, world.agenda.now(), "cancel_requested");
      failForGood(world, store, job, cancelledError(`while ${job.state}`));
      return { ...effectOf(job), stopped: true };
  }
}

/** Asks the worker and waits for it, but not longer than {@link STOP_DEADLINE_MS}; the wish stays either way. */
async function cancelActive(world: World, job: Job): Promise<CancelEffect> {
  const { run } = job;
  job.cancelRequested = true;
  remember(job, world.agenda.now(), "cancel_requested");
  if (!run || run.worker.lostAt !== null) return { ...effectOf(job), stopped: false };
  const over = new Promise<void>((resolve) => {
    const callOff = world.agenda.after(STOP_DEADLINE_MS, resolve);
    run.onOver.push(() => {
      callOff();
      resolve();
    });
  });
  run.onCancel(new Cancelled("The job was cancelled."));
  await over;
  return { ...effectOf(job), stopped: job.run !== run };
}
