import type { AuditRecord, Marker } from "@spillway/contract/schemas";
import { toCsv } from "./csv.ts";
import { incidentMarkdown, toMarkdown } from "./markdown.ts";

/** A file to download. */
export interface ExportFile {
  type: string;
  ending: string;
  body: string | ReadableStream<Uint8Array>;
}

const CSV = { type: "text/csv; charset=utf-8", ending: "csv" };
const MARKDOWN = { type: "text/markdown; charset=utf-8", ending: "md" };

/** Records for people to read, in the order given. */
export function exportRecords(
  records: readonly AuditRecord[],
  format: "csv" | "markdown",
): ExportFile & { body: string } {
  return format === "csv" ? { ...CSV, body: toCsv(records) } : { ...MARKDOWN, body: toMarkdown(records) };
}

/** An incident as a Markdown file: what was done in it, and the markers that belong to it, in one time order. */
export function exportIncident(
  id: string,
  records: readonly AuditRecord[],
  markers: readonly Marker[],
): ExportFile {
  return { ...MARKDOWN, body: incidentMarkdown(id, records, markers) };
}
