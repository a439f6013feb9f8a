import { z } from "zod";
import { auditStatus } from "./audit.ts";
import {
  flag,
  jobState,
  nullableTime,
  page,
  queryTime,
  searchText,
  size,
  time,
  writeBody,
} from "./common.ts";
import { jobSummary } from "./jobs.ts";

/** What can be done to many jobs at once. */
export const jobAction = z.enum(["job.retry", "job.cancel", "job.remove", "job.promote"]);
export type JobActionName = z.infer<typeof jobAction>;

/** What of the list of jobs is meant: the filters of `listJobs`, with a state. */
export const selectionFilter = z.strictObject({
  state: jobState,
  job_id: searchText,
  task: searchText,
  q: searchText,
  error_shape: z.string().max(64).optional(),
  worker: searchText,
  worker_version: searchText,
  from: queryTime,
  to: queryTime,
});
export type SelectionFilter = z.infer<typeof selectionFilter>;

/** Which jobs: named one by one, all that match a filter, or those that a preview froze. */
export const selectionInput = z.union([
  z.strictObject({
    ids: z
      .array(z.strictObject({ id: z.string().min(1).max(1000), version: z.string().max(200).optional() }))
      .min(1)
      .max(1000),
  }),
  z.strictObject({ filter: selectionFilter }),
  z.strictObject({ token: z.string().min(1).max(100) }),
]);
export type SelectionInput = z.infer<typeof selectionInput>;

export const previewBody = z.strictObject({ action: jobAction, selection: selectionInput });

/** A selection as it is counted and frozen. Long counts go on while they are asked for. */
export const selection = z.object({
  selection_token: z.string(),
  queue: z.string(),
  action: jobAction,
  matched: z.int(),
  scanned: z.int(),
  total_to_scan: z.int(),
  complete: z.boolean(),
  /** Ten at most, spread over what matched. */
  sample: z.array(jobSummary),
  /** How the matched jobs divide, commonest first: what a representative phase is spread over. */
  groups: z.array(
    z.object({
      task: z.string().nullable(),
      shape_id: z.string().nullable(),
      title: z.string().nullable(),
      count: z.int(),
    }),
  ),
  /** Sentences on what will keep the action from having its effect or from being judged; empty if nothing will. */
  warnings: z.array(z.string()),
  /** Of a removal: whether the jobs are held for a while first; else a sentence that says why they can't be. */
  can_undo: z.union([z.literal(true), z.string()]).nullable(),
  expires_at: time,
});
export type Selection = z.infer<typeof selection>;

/** Jobs per second at most; null or none: as fast as the engine takes them. */
const ratePerSecond = z.number().min(0.1).max(100_000).nullable().optional();

/** When it begins; what has passed, or none: at once. At most a week ahead: what was counted must still mean something then. */
const startsAt = z.iso.datetime({ offset: true }).nullable().optional();

export const bulkBody = writeBody.extend({
  action: jobAction,
  selection: selectionInput,
  starts_at: startsAt,
  rate_per_s: ratePerSecond,
  reset_attempts: z.boolean().default(false),
});

export const phaseTarget = z.union([
  z.strictObject({ count: z.int().min(1).max(1_000_000) }),
  z.strictObject({ percent: z.number().gt(0).max(100) }),
  z.strictObject({ rest: z.literal(true) }),
]);
export type PhaseTarget = z.infer<typeof phaseTarget>;

/** When a phase is good enough for the next one. */
export const gate = z.strictObject({
  /** Share of a phase's jobs that may fail again, rounded down; of ten or more one always may, unless this is 0. */
  max_failure_rate: z.number().min(0).max(1).default(0.05),
  /** Share of a phase's jobs whose fate must be known before it is judged. */
  min_settled: z.number().gt(0).max(1).default(0.9),
  /** How long a job is given from its start until its fate counts as open. */
  settle_s: z.number().min(1).max(86_400).default(60),
  advance: z.enum(["auto", "manual"]).default("auto"),
  on_regression: z.enum(["stop", "stop_and_pause_queue"]).default("stop"),
});
export type Gate = z.infer<typeof gate>;

export const redriveBody = writeBody.extend({
  selection: selectionInput,
  phases: z
    .array(phaseTarget)
    .min(1)
    .max(10)
    .default([{ count: 10 }, { percent: 10 }, { rest: true }]),
  gate: gate.default({
    max_failure_rate: 0.05,
    min_settled: 0.9,
    settle_s: 60,
    advance: "auto",
    on_regression: "stop",
  }),
  starts_at: startsAt,
  rate_per_s: ratePerSecond,
  reset_attempts: z.boolean().default(false),
});

export const drainBody = writeBody.extend({ include_delayed: z.boolean().default(false) });
export const cleanBody = writeBody.extend({
  state: z.enum(["completed", "failed", "delayed", "waiting"]),
  older_than_s: z
    .number()
    .min(0)
    .max(10 * 365 * 86_400)
    .default(0),
  limit: z.int().min(1).max(1_000_000).default(1_000_000),
});

export const operationState = z.enum([
  "scheduled",
  "running",
  "paused",
  "awaiting_verdict",
  "awaiting_operator",
  "done",
  "cancelled",
  "failed",
]);
export type OperationState = z.infer<typeof operationState>;

/** What became of one job: `skipped` jobs were left alone, and say why; of `unknown` ones nobody knows. */
export const jobOutcome = z.enum(["succeeded", "skipped", "failed", "unknown"]);
export type JobOutcome = z.infer<typeof jobOutcome>;

export const operationPhase = z.object({
  number: z.int(),
  target: phaseTarget,
  state: z.enum(["waiting", "running", "settling", "passed", "regressed", "undecided", "cancelled"]),
  /** How many jobs the target comes to. */
  size: z.int(),
  retried: z.int(),
  skipped: z.int(),
  started: z.int(),
  completed_again: z.int(),
  /** At their first failed attempt. */
  failed_again: z.int(),
  /** Vanished without a completed event. */
  gone: z.int(),
  still_open: z.int(),
  /** A sentence on why it passed, regressed or can't be told; null before. */
  verdict: z.string().nullable(),
  /** Who went on although it had not passed; null if nobody did. */
  overruled_by: z.string().nullable(),
  /** What fails again, commonest first. */
  failing_shapes: z.array(z.object({ shape_id: z.string(), title: z.string(), count: z.int() })),
  audit_id: z.string().nullable(),
  started_at: nullableTime,
  /** While it settles: when it is judged by what is known then. Null where no time tells: jobs that have not started. */
  settles_at: nullableTime,
  finished_at: nullableTime,
});
export type OperationPhase = z.infer<typeof operationPhase>;

export const operation = z.object({
  id: z.string(),
  kind: z.enum(["bulk", "redrive", "drain", "clean"]),
  action: z.string(),
  queue: z.string(),
  state: operationState,
  /** Which jobs, in words and as asked. */
  selection: z.object({ text: z.string(), filter: selectionFilter.nullable() }),
  matched: z.int(),
  done: z.int(),
  succeeded: z.int(),
  skipped: z.int(),
  failed: z.int(),
  unknown: z.int(),
  rate_per_s: z.number().nullable(),
  /** Measured over the last seconds of running; null while it does not run. */
  speed_per_s: z.number().nullable(),
  reset_attempts: z.boolean(),
  created_at: time,
  /** When it was ordered to begin; null: at once. Until then it is `scheduled`. */
  starts_at: nullableTime,
  started_at: nullableTime,
  finished_at: nullableTime,
  eta_s: z.number().nullable(),
  /** Held jobs can be put back until then; null where nothing is held. */
  undo_until: nullableTime,
  /** Jobs moved aside, and what became of them. */
  held: z
    .object({ count: z.int(), state: z.enum(["held", "restoring", "restored", "purging", "purged"]) })
    .nullable(),
  /** Why it is where it is, in a sentence: paused by whom, stopped by what. Null where the state says it all. */
  note: z.string().nullable(),
  actor: z.string(),
  reason: z.string().nullable(),
  incident: z.string().nullable(),
  audit_id: z.string(),
  gate: gate.nullable(),
  phases: z.array(operationPhase),
  /** Of a redrive, failed attempts a minute in the queue before it began and now; null where not measured. */
  failing_per_min: z.object({ before: z.number().nullable(), now: z.number().nullable() }).nullable(),
});
export type Operation = z.infer<typeof operation>;

export const operationsQuery = z.object({
  state: operationState.optional(),
  queue: z.string().max(1000).optional(),
  /** Those that have not ended or hold jobs which can be put back; false: the others. Those that go on come first. */
  open: flag,
  page,
  size,
});
export const operationList = z.object({
  kind: z.literal("page"),
  items: z.array(operation),
  page: z.int(),
  size: z.int(),
  total: z.int(),
  as_of: time,
});
export type OperationList = z.infer<typeof operationList>;

export const outcomesQuery = z.object({ outcome: jobOutcome.optional(), page, size });
export const outcomePage = z.object({
  kind: z.literal("page"),
  items: z.array(
    z.object({
      job_id: z.string(),
      outcome: jobOutcome,
      /** Of a redrive: what became of the job since; of another retry, where somebody looked. */
      fate: z.enum(["open", "completed_again", "failed_again", "gone"]).nullable(),
      /** Why it was skipped or failed, as a sentence. */
      error: z.string().nullable(),
    }),
  ),
  page: z.int(),
  size: z.int(),
  total: z.int(),
  /** Jobs of which only the number is known: they were moved together, and none has a line here. */
  untold: z.object({ count: z.int(), outcome: jobOutcome, why: z.string() }).nullable(),
  as_of: time,
});
export type OutcomePage = z.infer<typeof outcomePage>;

/** 202 while it goes on; commands on an operation answer 200. */
export const operationReply = z.object({ audit_id: z.string(), status: auditStatus, operation });
