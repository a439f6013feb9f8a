import { auditActor, auditRecord, auditStatus, time } from "@spillway/contract/schemas";
import { z } from "zod";
import { canonicalJson } from "./canonical.ts";

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

/** One line of the chain, as it is copied out. */
export const chainEntry = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("intent"), ...link, body: intent }),
  z.object({ kind: z.literal("outcome"), ...link, body: outcome }),
  z.object({ kind: z.literal("resolution"), ...link, body: outcome }),
]);
export type ChainEntry = z.infer<typeof chainEntry>;
export type EntryContent =
  | { kind: "intent"; id: string; body: Intent }
  | { kind: "outcome" | "resolution"; id: string; body: Outcome };

/** The chain's hash before its first entry. */
export const GENESIS = "0".repeat(64);

/** The hash an entry must have: over the hash before it and all that it says. */
export function hashOf(entry: Omit<ChainEntry, "hash">, sha256: (text: string) => string): string {
  const { kind, seq, at, id, prev_hash, body } = entry;
  return sha256(prev_hash + canonicalJson({ kind, seq, at, id, body }));
}
