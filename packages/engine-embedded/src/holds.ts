import { checkHold, type HoldOptions, type HoldRecord } from "@spillway/engine";
import { dispatch } from "./dispatch.ts";
import type { Job } from "./job.ts";
import { enqueue, forget, wakeForDelayed } from "./lifecycle.ts";
import type { QueueStore } from "./queue-store.ts";
import { SortedList } from "./sorted-list.ts";
import type { World } from "./world.ts";

/** Jobs moved aside, in the order in which they will be put back: those that wait by whose turn it is. */
export interface Hold {
  readonly id: string;
  readonly heldAt: number;
  until: number;
  readonly jobs: SortedList<Job>;
}

/** Moves one job aside. It keeps its record and its place, so that it can be put back to exactly where it was. */
export function hold(world: World, store: QueueStore, job: Job, { id, until }: HoldOptions): void {
  const known = store.holds.get(id);
  const into = known ?? { id, heldAt: world.agenda.now(), until, jobs: new SortedList<Job>() };
  into.until = until;
  if (!known) store.holds.set(id, into);
  store.setAside(job);
  if (job.entry) into.jobs.insert(job.entry);
  world.emit("removed", store.name, job.id);
}

export function holdWaiting(
  world: World,
  queue: string,
  options: HoldOptions,
  { includeDelayed }: { includeDelayed: boolean },
): number {
  const store = world.store(queue);
  checkHold(options);
  const { waiting, delayed } = store.index;
  const found = waiting.slice(0, waiting.size);
  if (includeDelayed) found.push(...delayed.slice(0, delayed.size));
  for (const { value } of found) hold(world, store, value, options);
  return found.length;
}

export function holds(world: World): HoldRecord[] {
  return [...world.queues.values()].flatMap((store) =>
    [...store.holds.values()].map(({ id, heldAt, until, jobs }) => ({
      id,
      queue: store.name,
      count: jobs.size,
      heldAt,
      until,
    })),
  );
}

interface Moved {
  moved: number;
  left: number;
}

/** Takes up to `limit` jobs out of a hold and does something to each; a hold that has none left is gone. */
function takeOut(store: QueueStore, holdId: string, limit: number, act: (job: Job) => void): Moved {
  const from = store.holds.get(holdId);
  if (!from) return { moved: 0, left: 0 };
  const taken = from.jobs.slice(0, Math.max(0, limit));
  for (const entry of taken) {
    from.jobs.delete(entry);
    act(entry.value);
  }
  const left = from.jobs.size;
  if (left === 0) store.holds.delete(holdId);
  return { moved: taken.length, left };
}

/** Workers get a job only when all of this call are back, so that they take them in the right order. */
export function releaseHeld(world: World, queue: string, holdId: string, limit: number): Moved {
  const store = world.store(queue);
  const ready: Job[] = [];
  const moved = takeOut(store, holdId, limit, (job) => {
    store.putBack(job);
    if (job.state === "blocked" && job.pendingChildren?.size === 0) ready.push(job);
  });
  for (const job of ready) enqueue(world, store, job, "waiting");
  wakeForDelayed(world, store);
  dispatch(world, store);
  return moved;
}

export function purgeHeld(world: World, queue: string, holdId: string, limit: number): Moved {
  const store = world.store(queue);
  return takeOut(store, holdId, limit, (job) => {
    forget(world, store, job);
    world.emit("removed", store.name, job.id);
  });
}
