import { z } from "zod";
import { flag, nullableTime, queryTime, searchText, time } from "./common.ts";

export const auditStatus = z.enum(["pending", "success", "failed", "unknown"]);
export type AuditStatus = z.infer<typeof auditStatus>;

/** One link of the append-only chain a record is projected from. */
export const auditEntry = z.object({
  kind: z.enum(["intent", "outcome", "resolution"]),
  at: time,
  seq: z.int(),
  prev_hash: z.string(),
  hash: z.string(),
});

export const auditActor = z.object({
  id: z.string(),
  name: z.string(),
  verified: z.boolean(),
  roles: z.array(z.string()),
  auth: z.string(),
  session: z.string().nullable(),
  ip: z.string().nullable(),
});

export const auditRecord = z.object({
  seq: z.int(),
  id: z.string(),
  timestamp: time,
  completed_at: nullableTime,
  action: z.string(),
  source: z.enum(["ui", "api", "bulk", "redrive", "system", "observed"]),
  status: auditStatus,
  queue: z.string().nullable(),
  job_id: z.string().nullable(),
  operation_id: z.string().nullable(),
  actor: auditActor,
  reason: z.string().nullable(),
  incident: z.string().nullable(),
  /** Whether the action deletes or stops work. */
  destructive: z.boolean(),
  expected: z.string().nullable(),
  requested: z.int().nullable(),
  affected: z.int().nullable(),
  skipped: z.int().nullable(),
  failed: z.int().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  details: z.record(z.string(), z.unknown()),
  idempotency_key: z.string().nullable(),
  request_id: z.string().nullable(),
  entries: z.array(auditEntry),
});
export type AuditRecord = z.infer<typeof auditRecord>;

export const auditFilter = z.object({
  action: searchText,
  status: auditStatus.optional(),
  queue: z.string().max(1000).optional(),
  actor: searchText,
  incident: z.string().max(100).optional(),
  q: searchText,
  job_id: z.string().max(1000).optional(),
  operation_id: z.string().max(100).optional(),
  from: queryTime,
  to: queryTime,
  destructive: flag,
});
export const auditQuery = auditFilter.extend({
  limit: z.coerce.number().int().min(1).max(500).default(200),
  before: z.coerce.number().int().min(0).optional(),
});
export const auditExportQuery = auditFilter.extend({ format: z.enum(["csv", "ndjson", "markdown"]) });

const facet = z.array(z.object({ value: z.string(), count: z.int() }));
export const auditList = z.object({
  items: z.array(auditRecord),
  total_matching: z.int(),
  facets: z.object({ action: facet, status: facet, actor: facet, queue: facet }),
  holds: z.object({
    since: time,
    capacity: z.int(),
    size: z.int(),
    evicted: z.int(),
    source: z.enum(["memory", "file"]),
  }),
  chain: z.object({
    head: z.string(),
    /** Whether the held entries were checked against their hashes and agree. */
    consistent: z.boolean(),
    last_copied_out_at: nullableTime,
  }),
});
export type AuditList = z.infer<typeof auditList>;
