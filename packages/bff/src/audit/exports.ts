import type { AuditRecord } from "@spillway/contract/schemas";
import { toCsv } from "./csv.ts";

export type ExportFormat = "csv" | "ndjson" | "markdown";

const FORMATS: Record<
  ExportFormat,
  { type: string; ending: string; write: (r: readonly AuditRecord[]) => string }
> = {
  csv: { type: "text/csv; charset=utf-8", ending: "csv", write: toCsv },
  ndjson: {
    type: "application/x-ndjson; charset=utf-8",
    ending: "ndjson",
    write: (records) => records.map((record) => `${JSON.stringify(record)}\n`).join(""),
  },
  markdown: { type: "text/markdown; charset=utf-8", ending: "md", write: toMarkdown },
};

/** Records as a file, in the order given. */
export function exportRecords(records: readonly AuditRecord[], format: ExportFormat) {
  const { type, ending, write } = FORMATS[format];
  return { type, ending, text: write(records) };
}

/** A table for incident notes. */
function toMarkdown(records: readonly AuditRecord[]): string {
  const rows = records.map((record) => {
    const target = [record.queue, record.job_id].filter((part) => part !== null).join(" / ");
    const outcome = record.error === null ? record.status : `${record.status}: ${record.error.message}`;
    const who = record.actor.verified ? record.actor.name : `${record.actor.name} (unverified)`;
    const why = [record.reason, record.incident].filter((part) => part !== null).join(" · ");
    return [record.timestamp, who, record.action, target, outcome, why, record.id].map(plain).join(" | ");
  });
  const head = "| time (UTC) | who | action | on | outcome | why | record |\n|---|---|---|---|---|---|---|\n";
  return head + rows.map((row) => `| ${row} |\n`).join("");
}

/** Text that is shown as it is: no markup, no HTML, no new row. */
function plain(text: string): string {
  return text
    .replace(/[\r\n\u2028\u2029]+/g, " ")
    .replace(/[\\`*_{}[\]<>()#+!|~&]/g, (char) => `&#${char.codePointAt(0)};`);
}
