import { z } from "zod";
import { nullableTime, page, size, time } from "./common.ts";

export const workerHealth = z.enum(["healthy", "late", "lost", "stopped", "gone"]);
export type WorkerHealth = z.infer<typeof workerHealth>;

export const worker = z.object({
  id: z.string(),
  name: z.string().nullable(),
  host: z.string().nullable(),
  pid: z.int().nullable(),
  queues: z.array(z.string()),
  concurrency: z.int().nullable(),
  /** Where each queue has slots of its own: those of each that tells. Null: all its queues share them. */
  concurrency_by_queue: z.record(z.string(), z.int()).nullable(),
  active_jobs: z.array(
    z.object({
      queue: z.string(),
      job_id: z.string(),
      task: z.string().nullable(),
      started_at: nullableTime,
    }),
  ),
  started_at: nullableTime,
  heartbeat_at: nullableTime,
  heartbeat_age_s: z.number().nullable(),
  health: workerHealth,
  /** When it was last counted as working, for those that no longer are. */
  ended_at: nullableTime,
  source: z.enum(["agent", "connection", "lock", "engine"]),
  version: z.string().nullable(),
});
export type Worker = z.infer<typeof worker>;

export const workersQuery = z.object({
  queue: z.string().max(1000).optional(),
  health: workerHealth.optional(),
});
export const workerList = z.object({
  items: z.array(worker),
  /** A sentence, where the engine refuses to tell who works. */
  unknown: z.string().nullable(),
  as_of: time,
  stale: z.literal(true).optional(),
});
export type WorkerList = z.infer<typeof workerList>;

export const schedule = z.object({
  id: z.string(),
  task: z.string(),
  pattern: z.string().nullable(),
  every_ms: z.number().nullable(),
  timezone: z.string().nullable(),
  next_run_at: nullableTime,
  /** Up to three, soonest first; only the next where those after it can't be told. */
  next_runs: z.array(time),
  /** Null if it did not run yet (`runs` is 0), or if it is not known when it did. */
  last_run_at: nullableTime,
  runs: z.int().nullable(),
  limit: z.int().nullable(),
  paused: z.boolean(),
  payload_preview: z.string().nullable(),
});
export type Schedule = z.infer<typeof schedule>;

export const schedulesQuery = z.object({ page, size });
export const scheduleList = z.object({
  kind: z.literal("page"),
  items: z.array(schedule),
  page: z.int(),
  size: z.int(),
  total: z.int(),
  as_of: time,
});
export type ScheduleList = z.infer<typeof scheduleList>;
