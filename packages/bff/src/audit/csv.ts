import type { AuditRecord } from "@spillway/contract/schemas";
import { type Columns, csvHead, csvRow, csvWords } from "../downloads/csv.ts";

const COLUMNS: Columns<AuditRecord> = [
  ["seq", (r) => r.seq],
  ["id", (r) => r.id],
  ["timestamp", (r) => r.timestamp],
  ["completed_at", (r) => r.completed_at],
  ["action", (r) => r.action],
  ["status", (r) => r.status],
  ["source", (r) => r.source],
  ["queue", (r) => r.queue],
  ["job_id", (r) => r.job_id],
  ["operation_id", (r) => r.operation_id],
  ["actor_id", (r) => r.actor.id],
  ["actor_name", (r) => r.actor.name],
  ["actor_verified", (r) => String(r.actor.verified)],
  ["actor_auth", (r) => r.actor.auth],
  ["actor_ip", (r) => r.actor.ip],
  ["reason", (r) => r.reason],
  ["incident", (r) => r.incident],
  ["destructive", (r) => String(r.destructive)],
  ["expected", (r) => r.expected],
  ["requested", (r) => r.requested],
  ["affected", (r) => r.affected],
  ["skipped", (r) => r.skipped],
  ["failed", (r) => r.failed],
  ["error_code", (r) => r.error?.code ?? null],
  ["error_message", (r) => r.error?.message ?? null],
  ["details", (r) => JSON.stringify(r.details)],
  ["idempotency_key", (r) => r.idempotency_key],
  ["request_id", (r) => r.request_id],
  ["hash", (r) => r.entries.at(-1)?.hash ?? null],
];

/** All of them, in the order given. */
export const toCsv = (records: readonly AuditRecord[], hasHead = true): string =>
  (hasHead ? csvHead(COLUMNS) : "") + records.map((record) => csvRow(COLUMNS, record)).join("");

/** A last row that says something of the others. */
export const csvNote = (words: string): string => csvWords(COLUMNS, words);
