import { z } from "zod";
import { auditRecord } from "./audit.ts";
import { counts, nullableTime, rates, time } from "./common.ts";
import { jobSummary } from "./jobs.ts";
import { movement } from "./metrics.ts";
import { engineCause } from "./problem.ts";
import { backlog, before, expectedWorkers, trouble } from "./queues.ts";

export const engineStatus = z.object({
  status: z.enum(["ok", "down"]),
  /** Why, while it is down. */
  cause: engineCause.nullable(),
  detail: z.string().nullable(),
  last_ok_at: nullableTime,
});
export type EngineStatus = z.infer<typeof engineStatus>;

export const overview = z.object({
  as_of: time,
  stale: z.literal(true).optional(),
  total_queues: z.int(),
  /** Null where the engine refuses to tell. */
  total_workers: z.int().nullable(),
  expected_workers: expectedWorkers,
  jobs: counts,
  rates,
  oldest_waiting_age_s: z.number().nullable(),
  /** Of all queues together. */
  backlog,
  trouble: z.array(trouble),
  /** Since when nothing needs attention; null while something does. */
  quiet_since: nullableTime,
  movement,
  latest_failures: z.array(jobSummary),
  destructive_actions: z.array(auditRecord),
  engine: engineStatus,
  /** Only where `since` was asked for. */
  before: before.optional(),
  /** What was at this time yesterday; null where nothing from then is held. */
  yesterday: before.nullable(),
  /** How many workers were lost since then. */
  workers_lost: z.int().optional(),
});
export type Overview = z.infer<typeof overview>;
