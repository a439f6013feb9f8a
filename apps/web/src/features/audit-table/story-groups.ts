import type { AuditRecord } from "@spillway/contract/schemas";
import type { AuditRow } from "./audit-rows.ts";

/** What one person did to job after job of a queue, as one entry. */
export interface StoryGroup {
  kind: "group";
  id: string;
  at: string;
  /** At least two, in their order. */
  records: readonly JobRecord[];
}

export type JobRecord = AuditRecord & { queue: string; job_id: string };

export type StoryEntry = AuditRow | StoryGroup;

/** Of one job, and not part of an operation over many. */
export const isOfJob = (record: AuditRecord): record is JobRecord =>
  record.job_id !== null && record.queue !== null && record.operation_id === null;

/** Longer apart than this is another attempt, ms. */
const together = 5 * 60_000;

/** Entries one after another that differ in nothing but the job become one. */
export function groupedStory(rows: readonly AuditRow[]): StoryEntry[] {
  const entries: StoryEntry[] = [];
  for (const row of rows) {
    const last = entries.at(-1);
    const before = last === undefined ? null : recordsOf(last);
    if (last === undefined || before === null || row.kind !== "record" || !follows(before, row.record))
      entries.push(row);
    else if (isOfJob(row.record))
      entries.splice(-1, 1, {
        kind: "group",
        id: last.id,
        at: last.at,
        records: [...before, row.record],
      });
  }
  return entries;
}

function recordsOf(entry: StoryEntry): readonly JobRecord[] | null {
  if (entry.kind === "group") return entry.records;
  return entry.kind === "record" && isOfJob(entry.record) ? [entry.record] : null;
}

function follows(before: readonly JobRecord[], record: AuditRecord): boolean {
  const last = before.at(-1);
  return (
    last !== undefined &&
    isOfJob(record) &&
    alike(last, record) &&
    Date.parse(record.timestamp) - Date.parse(last.timestamp) <= together
  );
}

/** A refusal says why, and stands for itself. */
const alike = (a: AuditRecord, b: AuditRecord): boolean =>
  a.actor.id === b.actor.id &&
  a.action === b.action &&
  a.queue === b.queue &&
  a.status === b.status &&
  a.reason === b.reason &&
  a.source === b.source &&
  a.error === null &&
  b.error === null;
