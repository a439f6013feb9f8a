import { z } from "zod";
import { flag, nullableTime, queryTime, searchText, time, writeBody } from "./common.ts";

export const auditStatus = z.enum(["pending", "success", "failed", "unknown"]);
export type AuditStatus = z.infer<typeof auditStatus>;
/** What is asked for by status: what the console only noticed is a success of nobody. */
export const askedStatus = z.enum([...auditStatus.options, "noticed"]);

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

const { shape } = auditRecord;

/** What is known before the effect. */
export const intent = z.object({
  action: z.string(),
  source: shape.source,
  queue: shape.queue,
  job_id: shape.job_id,
  operation_id: shape.operation_id,
  actor: auditActor,
  reason: shape.reason,
  incident: shape.incident,
  destructive: z.boolean(),
  expected: shape.expected,
  requested: shape.requested,
  details: shape.details,
  idempotency_key: shape.idempotency_key,
  request_id: shape.request_id,
});
export type Intent = z.infer<typeof intent>;

/** What came of it; as a resolution, what came of it after all. */
const outcome = z.object({
  status: auditStatus.exclude(["pending"]),
  affected: shape.affected,
  skipped: shape.skipped,
  failed: shape.failed,
  error: shape.error,
  details: shape.details,
});
export type Outcome = z.infer<typeof outcome>;

const link = {
  seq: z.int().min(1),
  at: time,
  /** The record it belongs to. */
  id: z.string(),
  prev_hash: z.string(),
  hash: z.string(),
};

/** One line of the chain, as sinks get it. */
export const chainEntry = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("intent"), ...link, body: intent }),
  z.object({ kind: z.literal("outcome"), ...link, body: outcome }),
  z.object({ kind: z.literal("resolution"), ...link, body: outcome }),
]);
export type ChainEntry = z.infer<typeof chainEntry>;

/** Where entries are copied to. */
export const auditSink = z.object({
  kind: z.enum(["file", "webhook", "otlp"]),
  /** Which, without secrets: a file's name, a host. */
  target: z.string(),
  status: z.enum(["ok", "failing"]),
  /** Why it fails, in words. */
  problem: z.string().nullable(),
  failing_since: nullableTime,
  last_saved_at: nullableTime,
  /** Entries that wait for it, and those that were given up because it failed for too long. */
  waiting: z.int(),
  given_up: z.int(),
});
export type AuditSinkState = z.infer<typeof auditSink>;

/** Whether nothing may take effect that no sink has, and how the sinks are. */
export const auditCopies = z.object({ required: z.boolean(), sinks: z.array(auditSink) });
export type AuditCopies = z.infer<typeof auditCopies>;

export const auditFilter = z.object({
  action: searchText,
  status: askedStatus.optional(),
  queue: z.string().max(1000).optional(),
  /** Part of an id or a name; `unknown`: whoever did what the console only noticed. */
  actor: searchText,
  /** What bears this id, and what was noticed of its queues in its time and an hour before. */
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
export const auditExportQuery = auditFilter.extend({
  format: z.enum(["csv", "ndjson", "markdown"]),
  reason: writeBody.shape.reason,
  /** The incident that the export belongs to; `incident` is whose records are asked for. */
  for_incident: writeBody.shape.incident,
});

const facetValue = z.object({ value: z.string(), count: z.int() });
const facet = z.array(facetValue);
/** By id, with the name that is shown. */
const actorFacet = z.array(facetValue.extend({ name: z.string() }));
export const auditList = z.object({
  items: z.array(auditRecord),
  total_matching: z.int(),
  facets: z.object({ action: facet, status: facet, actor: actorFacet, queue: facet }),
  holds: z.object({
    since: time,
    capacity: z.int(),
    size: z.int(),
    evicted: z.int(),
    /** Where this process has them from and leaves them: with a file the next one reads them back. */
    source: z.enum(["memory", "file"]),
    /** Attempts that were not let in, held apart so that many of them push out nothing that was done. */
    denied: z.object({ size: z.int(), capacity: z.int(), evicted: z.int() }),
    copies: auditCopies,
  }),
  chain: z.object({
    head: z.string(),
    /** Whether the held entries were checked against their hashes and agree. */
    consistent: z.boolean(),
    last_copied_out_at: nullableTime,
  }),
});
export type AuditList = z.infer<typeof auditList>;
