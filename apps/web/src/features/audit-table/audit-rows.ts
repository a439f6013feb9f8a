import { happenedAt } from "@spillway/contract/audit";
import type { AuditRecord, Marker } from "@spillway/contract/schemas";

/** One line of the audit: what somebody did, or what explains it. */
export type AuditRow =
  | { kind: "record"; id: string; at: string; record: AuditRecord }
  | { kind: "marker"; id: string; at: string; marker: Marker };

const ofRecord = (record: AuditRecord): AuditRow => ({
  kind: "record",
  id: record.id,
  at: record.timestamp,
  record,
});
/** In a story, where what was noticed stands when it happened. */
const happened = (record: AuditRecord): AuditRow => ({ ...ofRecord(record), at: happenedAt(record) });
const ofMarker = (marker: Marker): AuditRow => ({ kind: "marker", id: marker.id, at: marker.at, marker });

/** What a page of records reaches over; null where it has no bound. */
interface Reach {
  /** Older pages follow. */
  hasOlder: boolean;
  /** Newer pages were turned over. */
  hasNewer: boolean;
}

/** Records, newest first, with the markers between them that no record tells of. */
export function withMarkers(
  records: readonly AuditRecord[],
  markers: readonly Marker[],
  { hasOlder, hasNewer }: Reach,
): AuditRow[] {
  const newest = records[0]?.timestamp;
  const oldest = records.at(-1)?.timestamp;
  const between = markers.filter(
    ({ at, audit_id }) =>
      audit_id === null &&
      (!hasNewer || (newest !== undefined && at <= newest)) &&
      (!hasOlder || (oldest !== undefined && at >= oldest)),
  );
  return [...records.map(ofRecord), ...between.map(ofMarker)].sort((a, b) => b.at.localeCompare(a.at));
}

/** What belongs to an incident in one time order, oldest first; a marker stands for the record that made it. */
export function storyOf(records: readonly AuditRecord[], markers: readonly Marker[]): AuditRow[] {
  const told = new Set(markers.map((marker) => marker.audit_id));
  return [...markers.map(ofMarker), ...records.filter((record) => !told.has(record.id)).map(happened)].sort(
    (a, b) => a.at.localeCompare(b.at),
  );
}
