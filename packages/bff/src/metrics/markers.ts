import type { Marker } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import { ulid } from "ulid";
import type { LiveHub, MarkerStore } from "../seams.ts";

const MOST = 2_000;

/** The newest 2,000 markers, in memory; each is published as it comes. */
export function createMarkers({ clock, hub }: { clock: Clock; hub: LiveHub }): MarkerStore {
  const markers: Marker[] = [];
  return {
    add(marker) {
      const added = { ...marker, id: ulid(clock.now()) };
      const at = Date.parse(added.at);
      // A marker may be set back in time; the newest are at the end, so that few are looked at.
      const after = markers.findLastIndex((one) => Date.parse(one.at) <= at);
      markers.splice(after + 1, 0, added);
      if (markers.length > MOST) markers.shift();
      hub.publish("marker", added);
      return added;
    },
    list({ from, to, queue }) {
      return markers.filter((marker) => overlaps(marker, from, to) && concerns(marker, queue));
    },
  };
}

function overlaps({ at, until }: Marker, from: number | undefined, to: number | undefined): boolean {
  const begin = Date.parse(at);
  const end = until === null ? begin : Date.parse(until);
  return end >= (from ?? Number.NEGATIVE_INFINITY) && begin <= (to ?? Number.POSITIVE_INFINITY);
}

/** What concerns no queue in particular concerns each. */
function concerns(marker: Marker, queue: string | undefined): boolean {
  return queue === undefined || marker.queue === null || marker.queue === queue;
}
