import type { JobRef, JobState } from "@spillway/engine";
import { dispatch } from "./dispatch.ts";
import { createJob, type Job, type NewJob, refKey, remember } from "./job.ts";
import type { QueueStore } from "./queue-store.ts";
import type { World } from "./world.ts";

/** Moves a job from wherever it stands into `state`, with a new version. */
export function move(world: World, store: QueueStore, job: Job, state: JobState): void {
  store.displace(job);
  const at = world.agenda.now();
  job.version = world.nextVersion();
  if (state === "waiting") job.waitingSince = at;
  if (state !== "delayed") job.runAt = null;
  store.place(job, state, at, world.tick());
  if (state === "delayed") wakeForDelayed(world, store);
}

/** Makes it waiting and lets a free worker take it. */
export function enqueue(
  world: World,
  store: QueueStore,
  job: Job,
  event: "waiting" | "promoted" | "retried",
): void {
  move(world, store, job, "waiting");
  remember(job, job.stateSince, event);
  dispatch(world, store);
}

export function delay(world: World, store: QueueStore, job: Job, runAt: number, detail: string | null): void {
  job.runAt = runAt;
  move(world, store, job, "delayed");
  remember(job, job.stateSince, "delayed", detail);
}

/** Adds a job and its children; an id that the queue already holds is left as it is. Returns the id. */
export function addJob(world: World, request: NewJob, scheduleId: string | null = null): string {
  const store = world.define(request.queue);
  const id = request.options?.id ?? freshId(store);
  if (store.jobs.has(id)) return id;
  const at = world.agenda.now();
  const job = createJob(request, { id, at, version: world.nextVersion(), scheduleId });
  store.jobs.set(id, job);
  store.flows.enqueued += 1;
  remember(job, at, "created");
  if (job.parent) adopt(world, job.parent, job);
  for (const child of request.options?.children ?? []) {
    const parent: JobRef = { queue: store.name, id };
    const childId = addJob(world, { ...child, options: { ...child.options, parent } });
    link(job, { queue: child.queue, id: childId });
  }
  if (job.pendingChildren && job.pendingChildren.size > 0) {
    move(world, store, job, "blocked");
    remember(job, at, "blocked", `waits for ${job.pendingChildren.size} children`);
  } else if (job.delayMs > 0) delay(world, store, job, at + job.delayMs, null);
  else enqueue(world, store, job, "waiting");
  return id;
}

function freshId(store: QueueStore): string {
  while (store.jobs.has(String(store.nextId))) store.nextId += 1;
  const id = String(store.nextId);
  store.nextId += 1;
  return id;
}

function link(parent: Job, child: JobRef): void {
  const key = refKey(child);
  parent.pendingChildren ??= new Set();
  if (parent.pendingChildren.has(key)) return;
  parent.pendingChildren.add(key);
  parent.children.push(child);
}

/** A child that was added by itself joins a parent that is still blocked. */
function adopt(world: World, ref: JobRef, child: Job): void {
  const parent = world.queues.get(ref.queue)?.jobs.get(ref.id);
  if (parent?.state === "blocked") link(parent, { queue: child.queue, id: child.id });
}

/** A child completed or is gone: the parent runs once none is left. */
export function releaseParent(world: World, child: Job): void {
  if (!child.parent) return;
  const store = world.queues.get(child.parent.queue);
  const parent = store?.jobs.get(child.parent.id);
  if (!store || !parent?.pendingChildren) return;
  parent.pendingChildren.delete(refKey(child));
  if (parent.state === "blocked" && !parent.held && parent.pendingChildren.size === 0)
    enqueue(world, store, parent, "waiting");
}

/** Deletes the record; children stay, a parent no longer waits for it. */
export function forget(world: World, store: QueueStore, job: Job): void {
  store.displace(job);
  store.jobs.delete(job.id);
  if (job.state !== "completed") releaseParent(world, job);
}

/** Sees to it that the next delayed job becomes waiting when it is due. */
export function wakeForDelayed(world: World, store: QueueStore): void {
  const at = store.index.delayed.first()?.runAt ?? null;
  if (at === null || (store.delayedTimer && store.delayedTimer.at <= at)) return;
  store.delayedTimer?.cancel();
  const cancel = world.agenda.at(at, () => {
    store.delayedTimer = null;
    const now = world.agenda.now();
    for (
      let job = store.index.delayed.first();
      job && (job.runAt ?? now) <= now;
      job = store.index.delayed.first()
    )
      enqueue(world, store, job, "waiting");
    wakeForDelayed(world, store);
  });
  store.delayedTimer = { at, cancel };
}
