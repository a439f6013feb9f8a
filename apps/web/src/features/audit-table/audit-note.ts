import type { AuditList, AuditRecord } from "@spillway/contract/schemas";
import { plural, utcStamp } from "../../lib/format.ts";
import { codeName, type Note } from "../notes/notes.ts";
import { type AuditSearch, filterOf } from "./audit-search.ts";
import { effectWords } from "./effect-words.ts";
import { sinceWords } from "./holds-line.tsx";

const most = 20;

/** The records shown, as lines for an incident's notes. */
export function auditNote(list: AuditList, search: AuditSearch): Note {
  const filter = Object.entries(filterOf(search)).map(([name, value]) => `${name}=${value}`);
  return {
    title: `Audit: ${plural(list.total_matching, "record")}${filter.length === 0 ? "" : ` with ${filter.join(", ")}`}`,
    lines: [
      `held ${sinceWords(list.holds)}`,
      ...list.items.slice(0, most).map(recordLine),
      ...(list.items.length > most ? [`and ${list.total_matching - most} more`] : []),
    ],
  };
}

/** One record in one line. */
export function recordLine(record: AuditRecord): string {
  const target = [record.queue, record.job_id].filter((part) => part !== null).join("/");
  return [
    utcStamp(record.timestamp),
    `${codeName(record.actor.name)}${record.actor.verified ? "" : " (unverified)"}`,
    codeName(record.action),
    ...(target === "" ? [] : [codeName(target)]),
    record.status,
    ...(effectWords(record) === "" ? [] : [codeName(effectWords(record))]),
    ...(record.reason === null ? [] : [`“${codeName(record.reason)}”`]),
    ...(record.incident === null ? [] : [codeName(record.incident)]),
  ].join(" · ");
}
