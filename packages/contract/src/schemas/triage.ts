import { z } from "zod";
import { jobState, nullableTime, queryTime, searchText, time } from "./common.ts";
import { jobSummary } from "./jobs.ts";

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
  /** Only jobs whose last error has this shape. */
  error_shape: z.string().max(64).optional(),
  /** The group, by its shape or key, of which samples are wanted. */
  open: z.string().max(300).optional(),
});
export const breakdown = z.object({
  groups: z.array(
    z.object({
      key: z.string(),
      /** By error shape: what the list of jobs is filtered by. */
      shape_id: z.string().nullable(),
      count: z.int(),
      share: z.number(),
      /** Since when its oldest job is in this state: started, finished, or created of what has yet to run. */
      oldest_at: nullableTime,
      /** Active jobs that no living worker holds; null where nobody can tell. */
      stalled: z.int().nullable(),
      sample_job_ids: z.array(z.string()),
    }),
  ),
  /** How many groups there are; only the 100 largest are told. */
  groups_total: z.int(),
  /** Of all groups together, as each group tells it; of waiting jobs since when the oldest waits, null where that is not known. */
  oldest_at: nullableTime,
  stalled: z.int().nullable(),
  /** Payload fields that jobs of these were seen to have, to ask by next: `payload:` and one of them. */
  paths: z.array(z.string()),
  /** The group that was asked for; null if none was, or it is no more. */
  opened: z
    .object({
      key: z.string(),
      samples: z.array(jobSummary),
      /** So many of its jobs were compared. */
      compared: z.int(),
      /** What all of those have in common, named as in `by`. */
      common: z.array(z.object({ by: z.string(), value: z.string() })),
    })
    .nullable(),
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
  /**
   * Of the last jobs of its commonest task that ended, up to 500: how many failed so. A job counts once, by its last run.
   * Null where it can't be known.
   */
  run_share: z.object({ task: z.string(), failed: z.int(), runs: z.int(), since: time }).nullable(),
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
  still_retrying: z.object({
    count: z.int(),
    at_least: z.boolean(),
    next_at: nullableTime,
    /** By how they failed last; the 50 commonest. */
    by_shape: z.array(z.object({ shape_id: z.string(), title: z.string(), count: z.int() })),
  }),
  /** In a sentence, why no `run_share` is known; null where they are. */
  run_share_unknown: z.string().nullable(),
  /** What the queue's own rules let it keep of failed jobs, each time deleting the oldest; null where no rule is known. */
  kept: z.object({ count: z.int().nullable(), age_s: z.number().nullable() }).nullable(),
  histogram: z.array(z.object({ from: time, to: time, count: z.int() })),
  /** Of the jobs counted here, so many are failed no more; what they were is counted anew within half a minute. */
  left: z.int(),
  ...scanned,
});
export type Shapes = z.infer<typeof shapes>;

export const shapeRetries = z.object({
  items: z.array(
    z.object({
      shape_id: z.string(),
      /** Retries of jobs that had failed so, one by one or many, and what became of them; a job retried twice counts twice. */
      jobs: z.int(),
      completed: z.int(),
      failed_again: z.int(),
      still_open: z.int(),
      /** The job is gone, and nobody saw how it ended. */
      unknown: z.int(),
      /** Of many that were retried at once only some are looked at: so many were not. */
      not_looked_at: z.int(),
      last_at: time,
      /** Who retried, the last first. */
      by: z.array(z.string()),
    }),
  ),
  /** Since when retries are held. */
  since: time,
  as_of: time,
});
export type ShapeRetries = z.infer<typeof shapeRetries>;
