import type { WorkerRecord } from "@spillway/engine";
import type { Agent } from "./agents.ts";
import { holderOf } from "./workers.ts";

/** What the record of an active job tells of who runs it. */
export interface Holder {
  queue: string;
  jobId: string;
  /** The token of its lock; null if nobody holds it. */
  lock: string | null;
  /** By which BullMQ calls the worker, if it has a name: several may have the same. */
  name: string | null;
}

/** Turns the holder of an active job into the id that the last snapshot gave that worker. */
export interface WorkerIds {
  learn(workers: readonly WorkerRecord[], agents: readonly Agent[]): void;
  /** Its name where it can't be told which worker of this name is meant, or before there was a snapshot. */
  of(holder: Holder): string | null;
}

export function createWorkerIds(): WorkerIds {
  let byHolder = new Map<string, string>();
  let byJob = new Map<string, string>();
  let byName = new Map<string, string | null>();
  return {
    learn(workers, agents) {
      byHolder = new Map(agents.map(({ report }) => [report.worker, report.group]));
      byJob = new Map(
        workers.flatMap(({ id, activeJobs }) => activeJobs.map((job) => [keyOf(job.queue, job.jobId), id])),
      );
      byName = new Map();
      for (const { id, name, queues } of workers)
        for (const queue of queues) {
          const key = keyOf(queue, name ?? "");
          byName.set(key, byName.has(key) ? null : id);
        }
    },
    of({ queue, jobId, lock, name }) {
      // A lock's holder is the truth of this moment; what the snapshot saw may be another run of this job.
      const holds = lock === null ? undefined : byHolder.get(holderOf(lock));
      if (holds !== undefined) return holds;
      const told = lock === null ? byJob.get(keyOf(queue, jobId)) : undefined;
      return told ?? byName.get(keyOf(queue, name ?? "")) ?? name;
    },
  };
}

/** A queue's name holds no colon. */
function keyOf(queue: string, rest: string): string {
  return `${queue}:${rest}`;
}
