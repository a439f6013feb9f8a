import { z } from "zod";
import { MOST_EXPORTED } from "../table/index.ts";
import {
  counts,
  jobState,
  nullableTime,
  page,
  queryTime,
  searchText,
  size,
  time,
  writeBody,
} from "./common.ts";

const ms = z.number().nullable();

export const jobSummary = z.object({
  id: z.string(),
  queue: z.string(),
  task: z.string(),
  state: jobState,
  priority: z.number(),
  attempts_made: z.int(),
  max_attempts: z.int(),
  created_at: nullableTime,
  waiting_since: nullableTime,
  run_at: nullableTime,
  started_at: nullableTime,
  finished_at: nullableTime,
  wait_ms: ms,
  run_ms: ms,
  worker_id: z.string().nullable(),
  /** A number 0–100 or the JSON text of what the worker reported. */
  progress: z.union([z.number(), z.string()]).nullable(),
  error: z.object({ name: z.string().nullable(), message: z.string(), shape_id: z.string() }).nullable(),
  payload_bytes: z.int().nullable(),
  /** Redacted, from at most 2 kB; null above 64 kB. */
  payload_preview: z.string().nullable(),
  flags: z.array(z.enum(["unreadable", "huge", "not_json", "stalled"])),
  version: z.string(),
});
export type JobSummary = z.infer<typeof jobSummary>;

export const stackFrame = z.object({
  function: z.string().nullable(),
  file: z.string(),
  line: z.int().nullable(),
  column: z.int().nullable(),
  in_app: z.boolean(),
});

const jobRef = z.object({ queue: z.string(), id: z.string() });

export const jobAttempt = z.object({
  number: z.int(),
  started_at: nullableTime,
  finished_at: nullableTime,
  worker_id: z.string().nullable(),
  error: z
    .object({
      name: z.string().nullable(),
      message: z.string(),
      stack: z.string().nullable(),
      frames: z.array(stackFrame),
    })
    .nullable(),
});

export const jobDetail = jobSummary.extend({
  as_of: time,
  /** Redacted text, JSON or not, as stored: big integers keep their digits. */
  payload: z.string().nullable(),
  payload_truncated: z.boolean(),
  redacted_paths: z.array(z.string()),
  result: z.string().nullable(),
  options: z.string(),
  timeline: z.array(
    z.object({
      at: time,
      event: z.string(),
      source: z.enum(["engine", "events", "audit"]),
      worker_id: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  attempts: z.array(jobAttempt),
  log_lines: z.int(),
  parent: jobRef.nullable(),
  children: z.array(jobRef),
  schedule_id: z.string().nullable(),
});
export type JobDetail = z.infer<typeof jobDetail>;

export const listJobsQuery = z.object({
  state: jobState.optional(),
  job_id: searchText,
  task: searchText,
  q: searchText,
  error_shape: z.string().max(64).optional(),
  worker: searchText,
  /** The whole version, as a breakdown by `worker_version` names it. */
  worker_version: searchText,
  from: queryTime,
  to: queryTime,
  sort: z.enum(["newest", "oldest"]).default("newest"),
  page,
  size,
  cursor: z.string().max(2000).optional(),
});

export const exportJobsQuery = listJobsQuery.omit({ page: true, size: true, cursor: true }).extend({
  format: z.enum(["csv", "ndjson"]).default("ndjson"),
  limit: z.coerce.number().int().min(1).max(MOST_EXPORTED).default(MOST_EXPORTED),
  reason: writeBody.shape.reason,
  incident: writeBody.shape.incident,
});

/** What a file of jobs says of itself: NDJSON in its last line, CSV in a last row where not all are in it. */
export const jobsExported = z.object({
  queue: z.string(),
  /** The jobs were read in this time, while others went on. */
  began_at: time,
  ended_at: time,
  jobs: z.int(),
  /** Jobs looked at, of how many. */
  scanned: z.int(),
  total_to_scan: z.int(),
  /** Whether all that match are in it. */
  complete: z.boolean(),
  /** In a sentence, why it ends before all were looked at. */
  stopped: z.string().nullable(),
});
export type JobsExported = z.infer<typeof jobsExported>;

const matches = counts.partial();

export const jobList = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("page"),
    items: z.array(jobSummary),
    page: z.int(),
    size: z.int(),
    total: z.int(),
    as_of: time,
  }),
  z.object({
    kind: z.literal("scan"),
    items: z.array(jobSummary),
    next_cursor: z.string().nullable(),
    /** Jobs looked at by this request, of how many; `complete` when none are left after it. */
    scanned: z.int(),
    total_to_scan: z.int(),
    complete: z.boolean(),
    matches_by_state: matches,
    as_of: time,
  }),
]);
export type JobList = z.infer<typeof jobList>;

export const logPage = z.object({
  kind: z.literal("page"),
  items: z.array(z.object({ at: nullableTime, text: z.string() })),
  page: z.int(),
  size: z.int(),
  total: z.int(),
  as_of: time,
});
export const logQuery = z.object({ page, size });

export const findJobQuery = z.object({ job_id: z.string().min(1).max(1000) });
export const findJobReply = z.object({
  items: z.array(jobSummary),
  queues_searched: z.int(),
  /** False while there may be queues that nobody has found yet. */
  complete: z.boolean(),
});
