import { formatDuration, shownStamp } from "../../lib/format.ts";
import { serverNow } from "../../ui/use-now.ts";
import { runWrite } from "../actions/run-write.tsx";
import { confirm } from "../confirm/confirm.ts";
import type { Incident } from "./recent-markers.ts";

/** Asks and ends it, for everybody. */
export async function endIncident({ incident, title, at }: Incident): Promise<void> {
  const lasted = formatDuration(Math.round((serverNow() - Date.parse(at)) / 1000));
  const answer = await confirm({
    action: "marker.create",
    title: `End ${incident}?`,
    effect: `“${title}”, open since ${shownStamp(at)}, ${lasted}.`,
    consequence: "Everybody sees that it is over; actions no longer bear its id.",
    wayBack: "Opening an incident with the same id opens it again.",
    act: `End ${incident}`,
    asks: { label: "What ended it", hint: "Kept in the audit" },
  });
  if (answer === null) return;
  await runWrite({
    endpoint: "createMarker",
    params: {},
    body: { ...answer, kind: "incident", incident, title, until: new Date(serverNow()).toISOString() },
    tried: `Ending ${incident}`,
    done: `${incident} has ended`,
  });
}
