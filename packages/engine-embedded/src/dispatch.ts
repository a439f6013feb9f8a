import { type Job, remember } from "./job.ts";
import { beginRun } from "./processing.ts";
import type { QueueStore } from "./queue-store.ts";
import type { Run } from "./run.ts";
import { hasRoom, type Worker } from "./worker.ts";
import type { World } from "./world.ts";

/** Hands waiting jobs to workers with room, here and wherever that set something free. */
export function dispatch(world: World, store: QueueStore): void {
  world.unsettled.add(store);
  if (world.dispatching) return;
  world.dispatching = true;
  try {
    for (const queue of world.unsettled) {
      world.unsettled.delete(queue);
      while (startNext(world, queue));
    }
  } finally {
    world.dispatching = false;
  }
}

export function dispatchFor(world: World, worker: Worker): void {
  for (const name of worker.queues) {
    const store = world.queues.get(name);
    if (store) dispatch(world, store);
  }
}

function startNext(world: World, store: QueueStore): boolean {
  if (store.paused || store.index.waiting.size === 0 || !hasSlot(store)) return false;
  const worker = freest(world, store.name);
  if (!worker || !withinRate(world, store)) return false;
  const job = store.index.waiting.first();
  if (!job) return false;
  start(world, store, job, worker);
  return true;
}

const hasSlot = (store: QueueStore): boolean =>
  store.options.concurrency === null || store.index.active.size < store.options.concurrency;

/** The worker of this queue with the smallest share of its slots taken. */
function freest(world: World, queue: string): Worker | null {
  let best: Worker | null = null;
  for (const worker of world.workers.values()) {
    if (!hasRoom(worker) || !worker.queues.includes(queue)) continue;
    if (!best || worker.runs.size / worker.concurrency < best.runs.size / best.concurrency) best = worker;
  }
  return best;
}

/** Counts a start against the queue's rate limit; if it is used up, comes back when the next window opens. */
function withinRate(world: World, store: QueueStore): boolean {
  const limit = store.options.rateLimit;
  if (!limit) return true;
  const now = world.agenda.now();
  if (now - store.window.startedAt >= limit.perMs) store.window = { startedAt: now, starts: 0 };
  if (store.window.starts < limit.max) {
    store.window.starts += 1;
    return true;
  }
  if (store.window.starts === limit.max) {
    store.window.starts += 1;
    world.agenda.at(store.window.startedAt + limit.perMs, () => dispatch(world, store));
  }
  return false;
}

function start(world: World, store: QueueStore, job: Job, worker: Worker): void {
  const at = world.agenda.now();
  const run: Run = { job, worker, startedAt: at, onCancel: () => {}, onOver: [] };
  store.displace(job);
  job.version = world.nextVersion();
  job.startedAt = at;
  job.finishedAt = null;
  job.workerId = worker.id;
  job.progress = null;
  job.run = run;
  store.place(job, "active", at, world.tick());
  remember(job, at, "started");
  worker.runs.add(run);
  store.flows.started += 1;
  world.emit("started", store.name, job.id);
  beginRun(world, run);
}
