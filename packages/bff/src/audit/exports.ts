import type { AuditRecord, Marker } from "@spillway/contract/schemas";
import { CSV } from "../downloads/download.ts";
import { inPieces } from "../downloads/in-pieces.ts";
import { ofRows, whereCut } from "../downloads/of-rows.ts";
import type { Making } from "../downloads/send-file.ts";
import { csvNote, toCsv } from "./csv.ts";
import { incidentMarkdown, markdownNote, toMarkdown } from "./markdown.ts";

const MARKDOWN = { type: "text/markdown; charset=utf-8", ending: "md" };

/** Records for people to read, in the order given. */
export function exportRecords(records: readonly AuditRecord[], format: "csv" | "markdown"): Making {
  if (format === "markdown")
    return ofRows(
      MARKDOWN,
      inPieces(records, (some, from) => toMarkdown(some, from === 0)),
      whereCut(markdownNote),
    );
  return ofRows(
    CSV,
    inPieces(records, (some, from) => toCsv(some, from === 0)),
    whereCut(csvNote),
  );
}

/** An incident as a Markdown file: what was done in it, and the markers that belong to it, in one time order. */
export function exportIncident(
  id: string,
  records: readonly AuditRecord[],
  markers: readonly Marker[],
): Making {
  async function* texts(): AsyncGenerator<string, void> {
    yield incidentMarkdown(id, records, markers);
  }
  return ofRows(MARKDOWN, { texts: texts(), rows: () => records.length }, whereCut(markdownNote));
}
