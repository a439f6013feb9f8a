import type { Marker } from "@spillway/contract/schemas";
import { markersQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { serverNow } from "../../ui/use-now.ts";

const day = 86_400_000;
let from: string | null = null;

/** The markers of the last day and every incident that is open, however old; asked once, then told by the stream. */
export function recentMarkersQuery() {
  from ??= new Date(serverNow() - day).toISOString();
  return markersQuery({ from });
}

/** An incident that is open, with its id. */
export type Incident = Marker & { incident: string };

const isIncident = (marker: Marker): marker is Incident =>
  marker.kind === "incident" && marker.incident !== null;

export const isOpen = ({ until }: Pick<Marker, "until">, now: number): boolean =>
  until === null || Date.parse(until) > now;

/** Those that are open, the latest first. */
export const openIncidents = (markers: readonly Marker[], now: number): Incident[] =>
  markers
    .filter(isIncident)
    .filter((one) => isOpen(one, now))
    .reverse();

/** The id that actions bear by default: of the incident that was opened last. */
export function incidentNow(): string | null {
  const markers = queryClient.getQueryData(recentMarkersQuery().queryKey)?.items ?? [];
  return openIncidents(markers, serverNow())[0]?.incident ?? null;
}
