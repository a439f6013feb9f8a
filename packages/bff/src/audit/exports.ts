import type { AuditRecord, Marker } from "@spillway/contract/schemas";
import { CSV, type Download } from "../downloads/download.ts";
import { inPieces } from "../downloads/in-pieces.ts";
import { toCsv } from "./csv.ts";
import { incidentMarkdown, toMarkdown } from "./markdown.ts";

const MARKDOWN = { type: "text/markdown; charset=utf-8", ending: "md" };

/** Records for people to read, in the order given. */
export function exportRecords(records: readonly AuditRecord[], format: "csv" | "markdown"): Download {
  const [kind, print] = format === "csv" ? [CSV, toCsv] : [MARKDOWN, toMarkdown];
  return { ...kind, body: inPieces(records, (some, from) => print(some, from === 0)) };
}

/** An incident as a Markdown file: what was done in it, and the markers that belong to it, in one time order. */
export function exportIncident(
  id: string,
  records: readonly AuditRecord[],
  markers: readonly Marker[],
): Download {
  return { ...MARKDOWN, body: incidentMarkdown(id, records, markers) };
}
