import type { Counts, FailedRetention, Flows, QueueSnapshot } from "@spillway/engine";
import { isRecord, list, number, parseJson, text } from "./reply.ts";

/** An active job as the summary of its queue names it. */
export interface ActiveJob {
  id: string;
  task: string | null;
  startedAt: number | null;
  /** The name of the worker, if it has one. */
  worker: string | null;
  /** Who holds the lock: a UUID that is unique to the worker, and a counter. Null if nobody does. */
  lock: string | null;
  lockLeftMs: number | null;
}

export interface QueuePicture {
  exists: boolean;
  snapshot: QueueSnapshot;
  active: ActiveJob[];
  /** As QUEUE_SUMMARY replied them; see agents.ts. */
  agents: readonly unknown[];
}

/** Reads what QUEUE_SUMMARY replied of one queue. */
export function queuePicture(
  queue: string,
  reply: unknown,
  flows: Flows,
  known: {
    waitingSince: (jobId: string) => number | null;
    failedRetention: (aged: number) => FailedRetention | null;
  },
): QueuePicture {
  const [exists, countsReply, metaReply, oldestReply, activeReply, agents, aged] = list(reply);
  const [waiting, active, delayed, blocked, completed, failed] = list(countsReply).map((n) => number(n) ?? 0);
  const counts: Counts = {
    waiting: waiting ?? 0,
    active: active ?? 0,
    delayed: delayed ?? 0,
    blocked: blocked ?? 0,
    completed: completed ?? 0,
    failed: failed ?? 0,
  };
  const [paused, concurrency, max, duration] = list(metaReply).map(text);
  const jobs = list(activeReply).map(activeJob);
  const [perMs, limit] = [number(duration), number(max)];
  return {
    exists: exists === 1 || Object.values(counts).some((count) => count > 0),
    active: jobs,
    agents: list(agents),
    snapshot: {
      name: queue,
      paused: paused !== null && paused !== undefined,
      counts,
      oldestWaitingSince: earliest(list(oldestReply).map((job) => since(job, known.waitingSince))),
      oldestActiveSince: earliest(jobs.map((job) => job.startedAt)),
      stalled: jobs.filter(({ lock }) => lock === null).length,
      concurrency: number(concurrency),
      rateLimit: limit !== null && perMs !== null ? { max: limit, perMs } : null,
      failedRetention: known.failedRetention(number(aged) ?? 0),
      flows,
    },
  };
}

/** See `waitingSince` in job-row.ts: BullMQ keeps only the creation time. */
function since(reply: unknown, seen: (jobId: string) => number | null): number | null {
  const [id, timestamp, started, made, failedBefore, options, hadChildren] = list(reply);
  const observed = seen(text(id) ?? "");
  if (observed !== null) return observed;
  const parsed = parseJson(text(options));
  const fresh = !number(started) && !number(made) && failedBefore !== 1 && hadChildren !== 1;
  return fresh && isRecord(parsed) && !parsed.delay ? number(timestamp) : null;
}

function activeJob(reply: unknown): ActiveJob {
  const [id, task, startedAt, worker, lock, lockLeftMs] = list(reply);
  return {
    id: text(id) ?? "",
    task: text(task),
    startedAt: number(startedAt),
    worker: text(worker),
    lock: text(lock),
    lockLeftMs: number(lockLeftMs),
  };
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
