import type { AuditRecord } from "@spillway/contract/schemas";

const COLUMNS: [string, (record: AuditRecord) => string | number | null][] = [
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

/** RFC 4180, every cell in quotes; a cell that a spreadsheet would take for a formula is led by an apostrophe. */
export function toCsv(records: readonly AuditRecord[]): string {
  const head = COLUMNS.map(([name]) => cell(name)).join(",");
  const rows = records.map((record) => COLUMNS.map(([, read]) => cell(read(record))).join(","));
  return `${[head, ...rows].join("\r\n")}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return `"${disarm(value).replaceAll('"', '""')}"`;
}

/** Spreadsheets skip leading blanks and read full-width signs as the plain ones. */
function disarm(text: string): string {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
}
