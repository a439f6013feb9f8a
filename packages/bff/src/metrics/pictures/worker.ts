import type { Worker } from "@spillway/contract/schemas";
import type { LedgerEntry } from "@spillway/triage";
import { ageSeconds, isoOrNull } from "../wire-time.ts";

/** `at` by the engine's clock. A worker that ended shows what it held. */
export function toWorker({ worker, health, endedAt }: LedgerEntry, at: number): Worker {
  return {
    id: worker.id,
    name: worker.name,
    host: worker.host,
    pid: worker.pid,
    queues: worker.queues,
    concurrency: worker.concurrency,
    concurrency_by_queue: worker.concurrencyByQueue && { ...worker.concurrencyByQueue },
    active_jobs: worker.activeJobs.map((job) => ({
      queue: job.queue,
      job_id: job.jobId,
      task: job.task,
      started_at: isoOrNull(job.startedAt),
    })),
    started_at: isoOrNull(worker.startedAt),
    heartbeat_at: isoOrNull(worker.heartbeatAt),
    heartbeat_age_s: ageSeconds(worker.heartbeatAt, at),
    health,
    ended_at: isoOrNull(endedAt),
    source: worker.source,
    version: worker.version,
  };
}
