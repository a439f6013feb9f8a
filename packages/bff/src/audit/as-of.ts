import { applyEntry } from "@spillway/contract/audit";
import type { AuditRecord } from "@spillway/contract/schemas";
import type { AuditStore } from "./store.ts";

/** The newest entry of a chain; null before the first. */
export type Head = { seq: number; hash: string } | null;

/**
 * The records that are held, as they were when this was the newest entry: what came later is in none of them, so that all of
 * them together are what followed each other up to there.
 */
export function* recordsAsOf(
  audit: Pick<AuditStore, "records" | "entry">,
  head: Head,
): Generator<AuditRecord, void> {
  const last = head?.seq ?? 0;
  for (const record of audit.records()) {
    const known = record.entries.filter(({ seq }) => seq <= last);
    if (known.length === record.entries.length) yield record;
    else {
      const then = rebuilt(audit, known);
      if (then !== null) yield then;
    }
  }
}

function rebuilt(audit: Pick<AuditStore, "entry">, links: AuditRecord["entries"]): AuditRecord | null {
  let record: AuditRecord | null = null;
  for (const { seq } of links) {
    const entry = audit.entry(seq);
    if (entry) record = applyEntry(record, entry);
  }
  return record;
}
