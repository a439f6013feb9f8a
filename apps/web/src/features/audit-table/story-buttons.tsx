import type { Marker } from "@spillway/contract/schemas";
import { Button } from "../../ui/button.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { endIncident } from "../incidents/end-incident.ts";
import { isOpen } from "../incidents/recent-markers.ts";
import { reason, useCan } from "../session/use-session.ts";

/** Ends an incident that is open. */
export function StoryButtons({ incident, marker }: { incident: string; marker: Marker | null }) {
  const why = reason(useCan()("marker.create", marker?.queue === null ? null : undefined));
  if (marker === null || !isOpen(marker, serverNow())) return null;
  return (
    <Button size="small" disabledReason={why} onClick={() => void endIncident({ ...marker, incident })}>
      End it…
    </Button>
  );
}
