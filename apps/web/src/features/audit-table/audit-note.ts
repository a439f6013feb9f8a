import type { AuditList, AuditRecord, Marker } from "@spillway/contract/schemas";
import { plural, utcStamp } from "../../lib/format.ts";
import { recordMark, whoWords } from "../actions/action-words.ts";
import { codeName, type Note } from "../notes/notes.ts";
import type { AuditRow } from "./audit-rows.ts";
import { type AuditSearch, filterOf } from "./audit-search.ts";
import { effectWords, moveWords } from "./effect-words.ts";
import { sinceWords } from "./holds-line.tsx";

const most = 20;

/** The records shown, as lines for an incident's notes. */
export function auditNote(list: AuditList, search: AuditSearch): Note {
  const filter = Object.entries(filterOf(search)).map(([name, value]) => `${name}=${value}`);
  return {
    title: `Audit: ${plural(list.total_matching, "record")}${filter.length === 0 ? "" : ` with ${filter.join(", ")}`}`,
    lines: [
      `held ${sinceWords(list.holds)}`,
      ...list.items.slice(0, most).map((record) => recordLine(record)),
      ...(list.items.length > most ? [`and ${list.total_matching - most} more`] : []),
    ],
  };
}

/** Rows picked by hand as a timeline, oldest first, with their reasons. */
export function timelineNote(rows: readonly AuditRow[]): Note {
  const inOrder = rows.toSorted((a, b) => a.at.localeCompare(b.at));
  return { title: `Timeline, ${plural(rows.length, "entry", "entries")}`, lines: inOrder.map(rowLine) };
}

export const rowLine = (row: AuditRow): string =>
  row.kind === "record" ? recordLine(row.record, row.at) : markerLine(row.marker);

/** One marker in one line. */
function markerLine({ at, kind, title, queue, actor, link, incident }: Marker): string {
  const words = kind === "incident" ? `incident ${codeName(incident ?? "")} began` : kind;
  return [
    utcStamp(at),
    ...(actor === null ? [] : [codeName(actor)]),
    words,
    ...(queue === null ? [] : [codeName(queue)]),
    codeName(title),
    ...(link === null ? [] : [`<${link}>`]),
  ].join(" · ");
}

/** One record in one line. */
export function recordLine(record: AuditRecord, at = record.timestamp): string {
  const said = effectWords(record) || moveWords(record);
  const target = [record.queue, record.job_id].filter((part) => part !== null).join("/");
  return [
    utcStamp(at),
    `${codeName(whoWords(record))}${record.actor.verified ? "" : " (unverified)"}`,
    codeName(record.action),
    ...(target === "" ? [] : [codeName(target)]),
    recordMark(record),
    ...(said === "" ? [] : [codeName(said)]),
    ...(record.reason === null ? [] : [`“${codeName(record.reason)}”`]),
    ...(record.incident === null ? [] : [codeName(record.incident)]),
  ].join(" · ");
}
