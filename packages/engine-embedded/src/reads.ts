import type { JobState, ListOptions, QueueEngine, ReadOptions } from "@spillway/engine";
import { holds } from "./holds.ts";
import { toRecord, toRow } from "./rows.ts";
import { scanQueue } from "./scans.ts";
import { toScheduleRecord } from "./schedules.ts";
import { toQueueSnapshot, toSnapshot } from "./snapshot.ts";
import type { World } from "./world.ts";

/** Brings the world up to now; throws if the read was aborted or the engine is closed. */
export type Ready = (read?: ReadOptions) => World;

export type Reads = Pick<
  QueueEngine,
  | "ping"
  | "snapshot"
  | "queue"
  | "listJobs"
  | "jobsById"
  | "scan"
  | "job"
  | "jobLogs"
  | "findJob"
  | "schedules"
  | "holds"
  | "heldIds"
>;

/** The port's questions. */
export function reads(ready: Ready): Reads {
  return {
    async ping(read) {
      ready(read);
    },
    snapshot: async (read) => toSnapshot(ready(read)),
    queue: async (queue, read) => toQueueSnapshot(ready(read).store(queue)),
    async listJobs(queue: string, state: JobState, list: ListOptions) {
      const index = ready(list).store(queue).index[state];
      const entries = index.slice(list.offset, list.limit, (list.order ?? "newest") === "newest");
      return { rows: entries.map(({ value }) => toRow(value)), total: index.size };
    },
    async jobsById(queue, ids, read) {
      const store = ready(read).store(queue);
      return ids.flatMap((id) => store.find(id) ?? []).map(toRow);
    },
    async *scan(queue, scan) {
      yield* scanQueue(ready(scan).store(queue), scan, () => ready(scan));
    },
    async job(queue, id, read) {
      const job = ready(read).store(queue).find(id);
      return job ? toRecord(job) : null;
    },
    async jobLogs(queue, id, { offset, limit, ...read }) {
      const { logs } = ready(read).job(queue, id).job;
      return { rows: logs.slice(offset, offset + limit), total: logs.length };
    },
    async findJob(id, read) {
      const stores = [...ready(read).queues.values()];
      const rows = stores.flatMap((store) => store.find(id) ?? []).map(toRow);
      return { rows, queues: stores.length, complete: true };
    },
    holds: async (read) => holds(ready(read)),
    async heldIds(queue, holdId, { offset, limit, ...read }) {
      const held = ready(read).store(queue).holds.get(holdId)?.jobs;
      const rows = held?.slice(offset, limit).map(({ value }) => value.id);
      return { rows: rows ?? [], total: held?.size ?? 0 };
    },
    schedules: async (queue, read) => [...ready(read).store(queue).schedules.values()].map(toScheduleRecord),
  };
}
