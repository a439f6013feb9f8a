import type { EngineSnapshot, QueueSnapshot } from "@spillway/engine";
import type { QueueStore } from "./queue-store.ts";
import { isAbandoned } from "./rows.ts";
import { toWorkerRecord } from "./worker.ts";
import type { World } from "./world.ts";

const byName = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

export function toQueueSnapshot(store: QueueStore): QueueSnapshot {
  const { active } = store.index;
  return {
    name: store.name,
    paused: store.paused,
    counts: store.counts(),
    oldestWaitingSince: store.oldestWaitingSince(),
    oldestActiveSince: active.first()?.startedAt ?? null,
    stalled: active.slice(0, active.size).filter(({ value }) => isAbandoned(value)).length,
    concurrency: store.options.concurrency,
    rateLimit: store.options.rateLimit,
    failedRetention: null,
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
