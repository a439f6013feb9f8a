import type { Marker } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import { ulid } from "ulid";
import type { LiveHub, MarkerQuery, MarkerStore, NewMarker } from "../seams.ts";

const MOST = 2_000;
/** A deploy this long before an incident may be its cause. Ms. */
export const LEAD_MS = 60 * 60_000;

const PLAIN = {
  until: null,
  queue: null,
  link: null,
  actor: null,
  audit_id: null,
  incident: null,
  withdrawn_at: null,
};

/** The newest 2,000 markers, in memory; each is published as it comes. */
export function createMarkers({ clock, hub }: { clock: Clock; hub: LiveHub }): MarkerStore {
  const markers: Marker[] = [];

  function place(marker: Marker): void {
    const at = Date.parse(marker.at);
    // A marker may be set back in time; the newest are at the end, so that few are looked at.
    const after = markers.findLastIndex((one) => Date.parse(one.at) <= at);
    markers.splice(after + 1, 0, marker);
    if (markers.length > MOST)
      markers.splice(
        markers.findIndex((one) => !isOpen(one)),
        1,
      );
  }

  function incident(id: string): Marker | null {
    return markers.findLast((one) => one.kind === "incident" && one.incident === id) ?? null;
  }

  /** A marker or an incident that is told again is the same one: it ends, opens again, or is called something else. */
  function known(marker: NewMarker): Marker | null {
    if (marker.id !== undefined) return markers.findLast((one) => one.id === marker.id) ?? null;
    return marker.kind === "incident" && marker.incident ? incident(marker.incident) : null;
  }

  return {
    incident,
    note: (id) => markers.findLast((one) => one.id === id && one.kind === "note") ?? null,
    withdraw(marker) {
      const index = markers.findIndex((one) => one.id === marker.id);
      if (index === -1) return;
      markers.splice(index, 1);
      hub.publish("marker", { ...marker, withdrawn_at: new Date(clock.now()).toISOString() });
    },
    isTaken: (id) => incident(id) !== null,
    add(marker) {
      const before = known(marker);
      if (before !== null) markers.splice(markers.indexOf(before), 1);
      const added = { ...PLAIN, id: ulid(clock.now()), ...before, ...marker };
      place(added);
      hub.publish("marker", added);
      return added;
    },
    list: (query) =>
      markers.filter(selects(query, query.incident === undefined ? null : incident(query.incident))),
  };
}

function isOpen({ kind, until }: Marker): boolean {
  return kind === "incident" && until === null;
}

function selects(
  { from, to, queue, kind, incident: id }: MarkerQuery,
  incident: Marker | null,
): (marker: Marker) => boolean {
  return (marker) =>
    (kind === undefined || marker.kind === kind) &&
    overlaps(marker, from, to) &&
    concerns(marker, queue) &&
    (id === undefined || belongs(marker, id, incident));
}

/** An incident that is open lasts until now. */
function overlaps(marker: Marker, from: number | undefined, to: number | undefined): boolean {
  const begin = Date.parse(marker.at);
  const end = isOpen(marker) ? Number.POSITIVE_INFINITY : Date.parse(marker.until ?? marker.at);
  return end >= (from ?? Number.NEGATIVE_INFINITY) && begin <= (to ?? Number.POSITIVE_INFINITY);
}

/** What concerns no queue in particular concerns each. */
function concerns(marker: Marker, queue: string | undefined): boolean {
  return queue === undefined || marker.queue === null || marker.queue === queue;
}

/** Its own, and every deploy that may have caused or ended it. */
function belongs(marker: Marker, id: string, incident: Marker | null): boolean {
  if (marker.incident === id) return true;
  if (marker.kind !== "deploy" || incident === null) return false;
  const until = incident.until === null ? undefined : Date.parse(incident.until);
  return overlaps(marker, Date.parse(incident.at) - LEAD_MS, until);
}
