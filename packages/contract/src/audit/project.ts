import type { AuditRecord, ChainEntry } from "../schemas/audit.ts";
import type { RawEntry } from "./chain.ts";

type RawRecord = Readonly<Record<string, unknown>>;

/** The record as its entries make it, taken in order. Null where there is no intent to begin with. */
export function applyEntry(record: AuditRecord | null, entry: ChainEntry): AuditRecord | null;
export function applyEntry(record: RawRecord | null, entry: RawEntry): RawRecord | null;
export function applyEntry(record: RawRecord | null, entry: RawEntry): RawRecord | null {
  const { kind, at, seq, prev_hash, hash } = entry;
  const link = { kind, at, seq, prev_hash, hash };
  if (entry.kind === "intent") {
    return {
      seq,
      id: entry.id,
      timestamp: at,
      completed_at: null,
      status: "pending",
      ...entry.body,
      affected: null,
      skipped: null,
      failed: null,
      error: null,
      entries: [link],
    };
  }
  if (record === null) return null;
  const { details, ...result } = entry.body;
  const entries = Array.isArray(record.entries) ? record.entries : [];
  return {
    ...record,
    ...result,
    details: { ...Object(record.details), ...Object(details) },
    completed_at: at,
    entries: [...entries, link],
  };
}
