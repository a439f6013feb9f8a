import { buildQuery, encodeSegment } from "@spillway/contract/paths";
import type { Evidence } from "@spillway/triage";

/** The path of the web app that shows the evidence of a finding. */
export function evidencePath({ screen, queue, state }: Evidence): string {
  switch (screen) {
    case "queue":
      return queue === undefined ? "/queues" : queuePath(queue);
    case "jobs":
      return queue === undefined
        ? "/queues"
        : `${queuePath(queue)}/jobs${buildQuery({ state, ...ordered(state) })}`;
    case "dlq":
      return queue === undefined ? "/queues" : `${queuePath(queue)}/dlq`;
    case "workers":
      return `/workers${buildQuery({ queue })}`;
    case "audit":
      return `/audit${buildQuery({ queue })}`;
    case "metrics":
      return `/metrics${buildQuery({ queue })}`;
  }
}

/** Of what runs the oldest may be stuck. */
const ordered = (state: Evidence["state"]) => (state === "active" ? { sort: "oldest" } : {});

function queuePath(queue: string): string {
  return `/queues/${encodeSegment(queue)}`;
}
