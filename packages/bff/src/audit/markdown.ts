import { happenedAt } from "@spillway/contract/audit";
import type { AuditRecord, Marker } from "@spillway/contract/schemas";

/** The cells of a row, from its time on. */
type Row = [
  time: string,
  who: string,
  what: string,
  on: string,
  outcome: string,
  why: string,
  record: string,
];

const HEAD = "| time (UTC) | who | action | on | outcome | why | record |\n|---|---|---|---|---|---|---|\n";

/** A table for incident notes. */
export function toMarkdown(records: readonly AuditRecord[], hasHead = true): string {
  return (
    (hasHead ? HEAD : "") +
    records
      .map((record) => ofRecord(record, record.timestamp))
      .map(print)
      .join("")
  );
}

/** The incident's name and span, then all that belongs to it, oldest first; a marker stands for its own record. */
export function incidentMarkdown(
  id: string,
  records: readonly AuditRecord[],
  markers: readonly Marker[],
): string {
  const marked = new Set(markers.map((marker) => marker.audit_id));
  const rows = [
    ...records
      .filter((record) => !marked.has(record.id))
      .map((record) => ofRecord(record, happenedAt(record))),
    ...markers.map(ofMarker),
  ].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `${titleOf(id, markers)}\n\n${HEAD}${rows.map(print).join("")}`;
}

/** Words below a table that say something of it. */
export const markdownNote = (words: string): string => `\n${plain(words)}\n`;

function titleOf(id: string, markers: readonly Marker[]): string {
  const incident = markers.find((marker) => marker.kind === "incident" && marker.incident === id);
  if (incident === undefined) return `## ${plain(id)}`;
  return `## ${plain(id)}: ${plain(incident.title)}\n\n${incident.at} → ${incident.until ?? "open"}`;
}

function ofRecord(record: AuditRecord, at: string): Row {
  const { details } = record;
  const status = record.source === "observed" ? "noticed" : record.status;
  const outcome = record.error === null ? status : `${status}: ${record.error.message}`;
  const title = record.action === "marker.create" && typeof details.title === "string" ? details.title : null;
  const withdrawn = details.withdrawn === undefined ? null : "withdrawn";
  const ended = title !== null && details.kind === "incident" && typeof details.until === "string";
  const observed = typeof details.observed === "string" ? details.observed : null;
  const why = textOf(observed, title, withdrawn, record.reason, record.incident).join(" · ");
  const on = textOf(record.queue, record.job_id).join(" / ");
  return [at, whoOf(record), ended ? "incident ended" : record.action, on, outcome, why, record.id];
}

/** The console only saw what was done elsewhere. */
function whoOf({ source, actor }: AuditRecord): string {
  if (source === "observed") return "unknown, outside of this console";
  return actor.verified ? actor.name : `${actor.name} (unverified)`;
}

const KINDS: Record<Marker["kind"], string> = {
  incident: "incident began",
  deploy: "deploy",
  note: "note",
  action: "action",
};

function ofMarker({ at, kind, title, queue, actor, link, audit_id }: Marker): Row {
  return [
    at,
    actor ?? "Spillway",
    KINDS[kind],
    queue ?? "",
    "",
    textOf(title, link).join(" · "),
    audit_id ?? "",
  ];
}

function textOf(...parts: (string | null)[]): string[] {
  return parts.filter((part) => part !== null);
}

function print(row: Row): string {
  return `| ${row.map(plain).join(" | ")} |\n`;
}

/** Text that is shown as it is: no markup, no HTML, no new row. */
function plain(text: string): string {
  return text
    .replace(/[\r\n\u2028\u2029]+/g, " ")
    .replace(/[\\`*_{}[\]<>()#+!|~&]/g, (char) => `&#${char.codePointAt(0)};`);
}
