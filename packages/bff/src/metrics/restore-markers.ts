import { type AuditRecord, marker } from "@spillway/contract/schemas";
import { z } from "zod";
import type { MarkerStore } from "../seams.ts";

/** What the record of a marker keeps of it. */
const kept = marker.pick({ at: true, until: true, kind: true, title: true }).extend({
  link: z.string().optional(),
  marker_id: z.string(),
  withdrawn: z.undefined().optional(),
});

/** Sets again what people marked, oldest record first: an incident that is open outlives the process, as its audit does. */
export function restoreMarkers(records: Iterable<AuditRecord>, markers: MarkerStore): void {
  for (const { id, action, status, details, actor, queue, incident } of records) {
    if (action !== "marker.create" || status !== "success") continue;
    const { data } = kept.safeParse(details);
    if (data === undefined) continue;
    const { marker_id, link, ...told } = data;
    const before = told.kind === "incident" && incident !== null ? markers.incident(incident) : null;
    const first = { id: marker_id, actor: actor.name, audit_id: id, queue };
    markers.add({ ...told, ...(link && { link }), incident, ...(before === null && first) });
  }
}
