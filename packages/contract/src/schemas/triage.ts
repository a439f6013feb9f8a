import { z } from "zod";
import { jobState, nullableTime, queryTime, searchText, time } from "./common.ts";

const scanned = {
  scanned: z.int(),
  total_to_scan: z.int(),
  complete: z.boolean(),
  as_of: time,
};

export const breakdownQuery = z.object({
  state: jobState.default("active"),
  by: z
    .string()
    .max(200)
    .regex(
      /^(task|error_shape|worker|worker_version|payload:.+)$/,
      "task, error_shape, worker, worker_version or payload:<path>",
    )
    .default("task"),
});
export const breakdown = z.object({
  groups: z.array(
    z.object({
      key: z.string(),
      /** By error shape: what the list of jobs is filtered by. */
      shape_id: z.string().nullable(),
      count: z.int(),
      share: z.number(),
      oldest_at: nullableTime,
      stalled: z.int().nullable(),
      sample_job_ids: z.array(z.string()),
    }),
  ),
  ...scanned,
});
export type Breakdown = z.infer<typeof breakdown>;

export const shapesQuery = z.object({ task: searchText, from: queryTime, to: queryTime });
export const errorShape = z.object({
  id: z.string(),
  algorithm: z.string(),
  title: z.string(),
  error_name: z.string().nullable(),
  message_pattern: z.string(),
  top_frame: z.string().nullable(),
  based_on: z.string(),
  count: z.int(),
  share: z.number(),
  windows: z.object({ "15m": z.int(), "1h": z.int(), "6h": z.int(), "24h": z.int() }),
  tasks: z.array(z.object({ task: z.string(), count: z.int() })),
  run_share: z.object({ failed: z.int(), runs: z.int() }).nullable(),
  first_seen: nullableTime,
  last_seen: nullableTime,
  sample_job_ids: z.array(z.string()),
  /** Failures per histogram bucket, oldest first. */
  spark: z.array(z.int()),
});
export type ErrorShape = z.infer<typeof errorShape>;

export const shapes = z.object({
  items: z.array(errorShape),
  total_failed: z.int(),
  /** Of so many jobs that not all were looked through, `count` is how many there are at least. */
  still_retrying: z.object({ count: z.int(), at_least: z.boolean(), next_at: nullableTime }),
  histogram: z.array(z.object({ from: time, to: time, count: z.int() })),
  /** Of the jobs counted here, so many are failed no more; what they were is counted anew within half a minute. */
  left: z.int(),
  ...scanned,
});
export type Shapes = z.infer<typeof shapes>;
