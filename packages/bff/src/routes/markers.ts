import type { Handlers } from "../http/handlers.ts";
import { invalid } from "../http/problem.ts";
import { iso } from "../metrics/wire-time.ts";
import type { Room } from "./room.ts";

export function markerRoutes({ markers, clock }: Room): Pick<Handlers, "listMarkers" | "createMarker"> {
  return {
    listMarkers({ query: { from, to, queue } }) {
      const items = markers.list({ from: epoch(from), to: epoch(to), queue });
      return {
        kind: "page",
        items,
        page: 1,
        size: items.length,
        total: items.length,
        as_of: iso(clock.now()),
      };
    },

    createMarker({ body, actor }) {
      const at = epoch(body.at) ?? clock.now();
      const until = epoch(body.until) ?? null;
      const { title, kind, queue = null, link = null } = body;
      if (until !== null && until < at) throw invalid("until", "Must not be before at.");
      return {
        queue,
        jobId: null,
        details: { title, kind, at: iso(at), ...(link !== null && { link }) },
        async act() {
          const marker = markers.add({
            at: iso(at),
            until: until === null ? null : iso(until),
            kind,
            title,
            queue,
            link,
            actor: actor.name,
            audit_id: null,
          });
          return { affected: 1, reply: { id: marker.id } };
        },
      };
    },
  };
}

function epoch(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}
