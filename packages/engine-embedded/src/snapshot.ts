import type { EngineSnapshot, QueueSnapshot } from "@spillway/engine";
import type { QueueStore } from "./queue-store.ts";
import { toWorkerRecord } from "./worker.ts";
import type { World } from "./world.ts";

const byName = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

export function toQueueSnapshot(store: QueueStore): QueueSnapshot {
  return {
    name: store.name,
    paused: store.paused,
    counts: store.counts(),
    oldestWaitingSince: store.oldestWaitingSince(),
    oldestActiveSince: store.index.active.first()?.startedAt ?? null,
    concurrency: store.options.concurrency,
    rateLimit: store.options.rateLimit,
    flows: store.flows.read(),
  };
}

export function toSnapshot(world: World): EngineSnapshot {
  const at = world.agenda.now();
  const stores = [...world.queues.values()].sort((left, right) => byName(left.name, right.name));
  const workers = [...world.workers.values()].sort((left, right) => byName(left.id, right.id));
  return {
    at,
    queues: stores.map(toQueueSnapshot),
    workers: workers.map((worker) => toWorkerRecord(worker, at)),
    workersUnknown: null,
  };
}
