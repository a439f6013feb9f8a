import type { AuditRecord } from "@spillway/contract/schemas";
import type { ChainEntry } from "./entry.ts";

/** The record as its entries make it, taken in order. Null where there is no intent to begin with. */
export function applyEntry(record: AuditRecord | null, entry: ChainEntry): AuditRecord | null {
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
  return {
    ...record,
    ...result,
    details: { ...record.details, ...details },
    completed_at: at,
    entries: [...record.entries, link],
  };
}
