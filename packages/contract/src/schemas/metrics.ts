import { z } from "zod";
import { nullableTime, queryTime, time, writeBody } from "./common.ts";

const n = z.number().nullable();

/** One tick. Flows are per minute; null where unknown; a gap has nulls only. */
export const sample = z.object({
  timestamp: time,
  gap: z.boolean(),
  waiting: n,
  active: n,
  delayed: n,
  blocked: n,
  completed: n,
  failed: n,
  total_queues: n,
  total_workers: n,
  enqueued: n,
  started: n,
  /** Completed per minute. */
  throughput: n,
  failed_attempts: n,
  /** Entered failed for good, per minute. */
  failures: n,
  retries: n,
  avg_duration_ms: n,
  p95_duration_ms: n,
  oldest_waiting_age_s: n,
});
export type Sample = z.infer<typeof sample>;

export const verdict = z.object({
  state: z.enum(["stable", "recovering", "regressing", "still_failing", "too_early", "paused"]),
  since: nullableTime,
  samples: z.int(),
  reason: z.string(),
});
export type Verdict = z.infer<typeof verdict>;

const markerKind = z.enum(["deploy", "incident", "note", "action"]);

export const marker = z.object({
  id: z.string(),
  at: time,
  until: nullableTime,
  kind: markerKind,
  title: z.string(),
  queue: z.string().nullable(),
  link: z.string().nullable(),
  actor: z.string().nullable(),
  audit_id: z.string().nullable(),
  /** Of an incident its id, of a note the incident it belongs to. */
  incident: z.string().nullable(),
  /** Since when a note no longer stands: lists leave it out, the stream tells it once. */
  withdrawn_at: nullableTime,
});
export type Marker = z.infer<typeof marker>;

export const historyQuery = z.object({
  queue: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(120),
  from: queryTime,
  to: queryTime,
  step_s: z.coerce.number().min(0.1).max(86_400).optional(),
  /** What the verdict counts from, instead of the last change. */
  since: queryTime,
});

/** More than a process keeps of one queue. */
const MOST_SAMPLES = 100_000;

export const exportHistoryQuery = historyQuery.omit({ since: true }).extend({
  format: z.enum(["csv", "ndjson"]).default("ndjson"),
  limit: z.coerce.number().int().min(1).max(MOST_SAMPLES).default(MOST_SAMPLES),
  reason: writeBody.shape.reason,
  incident: writeBody.shape.incident,
});

/** What a file of samples says of itself, in the last line of NDJSON. */
export const historyExported = z.object({
  /** Null: of all queues together. */
  queue: z.string().nullable(),
  exported_at: time,
  samples: z.int(),
  step_s: z.number(),
  retention_s: z.number(),
  /** Ticks that failed in all that was asked for. */
  gaps: z.int(),
  /** Whether all that was asked for is in it. */
  complete: z.boolean(),
  /** In a sentence, why it ends before that. */
  stopped: z.string().nullable(),
});

export type HistoryExported = z.infer<typeof historyExported>;

const nowAndBefore = z.object({ now: z.number().nullable(), before: z.number().nullable() });

/**
 * What is measured now, over the last minute as all rates are, beside the half hour before the last minutes, or before `since`
 * where that was asked for.
 */
export const movement = z.object({
  failed_attempts_per_min: nowAndBefore,
  failed_per_min: nowAndBefore,
  retried_per_min: nowAndBefore,
  /** From when on "before" was measured: later than half an hour before, where the process is young. */
  before_from: nullableTime,
});
export type Movement = z.infer<typeof movement>;

export const history = z.object({
  history: z.array(sample),
  step_s: z.number(),
  retention_s: z.number(),
  /** Ticks in this answer that failed. */
  gaps: z.int(),
  verdict,
  /** How it goes now, whatever stretch was asked for. */
  movement,
  markers: z.array(marker),
});
export type History = z.infer<typeof history>;

export const markersQuery = z.object({
  from: queryTime,
  to: queryTime,
  queue: z.string().max(1000).optional(),
  kind: markerKind.optional(),
  /** What belongs to the incident of this id: itself, its notes, the deploys since an hour before it. */
  incident: z.string().max(100).optional(),
});
export const markerList = z.object({
  kind: z.literal("page"),
  items: z.array(marker),
  page: z.int(),
  size: z.int(),
  total: z.int(),
  as_of: time,
});
