import { z } from "zod";
import { counts, nullableTime, rates, sinceQuery, time } from "./common.ts";
import { sample, verdict } from "./metrics.ts";

export const trouble = z.object({
  id: z.string(),
  code: z.enum([
    "no_workers",
    "too_few_workers",
    "worker_lost",
    "backlog_growing",
    "not_draining",
    "slow_jobs",
    "failure_spike",
    "stalled_jobs",
    "jobs_removed",
    "changed_outside",
    "paused",
  ]),
  severity: z.enum(["info", "warning", "critical"]),
  queue: z.string().nullable(),
  since: time,
  text: z.string(),
  /** A path of the web app that shows the evidence. */
  link: z.string(),
  acked: z.object({ by: z.string(), at: time, note: z.string().nullable(), until: nullableTime }).nullable(),
});
export type Trouble = z.infer<typeof trouble>;

export const backlog = z.object({
  size: z.int(),
  change_per_min: z.number().nullable(),
  direction: z.enum(["draining", "steady", "growing", "unknown"]),
  eta_s: z.number().nullable(),
  oldest_waiting_age_s: z.number().nullable(),
  cause: z
    .enum([
      "arrivals_up",
      "jobs_slower",
      "fewer_slots",
      "failures_recirculating",
      "rate_limited",
      "slots_full",
      "was_paused",
      "paused",
    ])
    .nullable(),
  cause_text: z.string().nullable(),
});
export type Backlog = z.infer<typeof backlog>;

export const expectedWorkers = z
  .object({
    value: z.int(),
    source: z.enum(["config", "learned"]),
    /** Where the figure comes from, in a sentence or two. */
    text: z.string(),
  })
  .nullable();

const n = z.number().nullable();

/** What was before a moment: flows and workers are means over the half hour before it, the rest stood so then. Null where unknown. */
export const before = z.object({
  since: time,
  /** From when on it rests on samples; null where nothing from before is held. */
  seen_from: nullableTime,
  waiting: n,
  failed: n,
  workers: n,
  oldest_waiting_age_s: n,
  enqueued_per_min: n,
  completed_per_min: n,
  failed_attempts_per_min: n,
  failed_per_min: n,
  retried_per_min: n,
});
export type Before = z.infer<typeof before>;

export const queueSummary = z.object({
  name: z.string(),
  paused: z.boolean(),
  counts,
  rates,
  backlog,
  workers: z.int().nullable(),
  expected_workers: expectedWorkers,
  /** How many of its jobs can run at once: what its workers offer to this very queue, or its own limit. Null where unknown. */
  slots: z.int().nullable(),
  trouble: z.array(trouble),
  /** Waiting jobs over the last samples, oldest first. */
  spark: z.object({ step_s: z.number(), values: z.array(z.number().nullable()) }),
  /** How it goes since the last change of this very queue (a deploy, an action) within the hour; null without one. */
  since_change: verdict.pick({ state: true, since: true }).nullable(),
  read_only: z.boolean(),
  /** Actions that can't be done here now, each with a sentence that says why. */
  denied: z.record(z.string(), z.string()),
  /** Only where `since` was asked for. */
  before: before.optional(),
});
export type QueueSummary = z.infer<typeof queueSummary>;

export const queueDetail = queueSummary.extend({
  as_of: time,
  stale: z.literal(true).optional(),
  concurrency: z.int().nullable(),
  rate_limit: z.object({ max: z.number(), per_ms: z.number() }).nullable(),
  history: z.array(sample),
  verdict,
  capabilities: z.record(z.string(), z.union([z.literal(true), z.string()])),
});
export type QueueDetail = z.infer<typeof queueDetail>;

export const listQueuesQuery = sinceQuery.extend({
  q: z.string().max(256).optional(),
  sort: z.enum(["trouble", "name", "waiting", "failed", "oldest", "change"]).default("trouble"),
  trouble: z.string().max(64).optional(),
});

export const queueList = z.object({
  items: z.array(queueSummary),
  as_of: time,
  stale: z.literal(true).optional(),
});
export type QueueList = z.infer<typeof queueList>;
