import type { AuditRecord, Marker } from "@spillway/contract/schemas";
import { toCsv } from "./csv.ts";
import { incidentMarkdown, toMarkdown } from "./markdown.ts";

export type ExportFormat = "csv" | "ndjson" | "markdown";

const MARKDOWN = { type: "text/markdown; charset=utf-8", ending: "md" };

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
  markdown: { ...MARKDOWN, write: toMarkdown },
};

/** Records as a file, in the order given. */
export function exportRecords(records: readonly AuditRecord[], format: ExportFormat) {
  const { type, ending, write } = FORMATS[format];
  return { type, ending, text: write(records) };
}

/** An incident as a Markdown file: what was done in it, and the markers that belong to it, in one time order. */
export function exportIncident(id: string, records: readonly AuditRecord[], markers: readonly Marker[]) {
  return { ...MARKDOWN, text: incidentMarkdown(id, records, markers) };
}
