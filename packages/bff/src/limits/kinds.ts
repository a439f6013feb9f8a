import { type EndpointName, endpoints } from "@spillway/contract/table";

export type Kind = "reads" | "searches" | "writes";

/** Reads for which the engine may have to walk through all jobs of a queue, or we through all of the audit. */
const SEARCHES: ReadonlySet<EndpointName> = new Set<EndpointName>([
  "listJobs",
  "getBreakdown",
  "getShapes",
  "getShapeRetries",
  "findJob",
  "previewSelection",
  "getSelection",
  "listAudit",
  "exportAudit",
  "exportJobs",
]);

/** By which of the limits an endpoint counts; null: never refused, as whoever asks it looks after this process. */
export function kindOf(name: EndpointName): Kind | null {
  if (name === "getLivez" || name === "getReadyz") return null;
  if ("action" in endpoints[name]) return "writes";
  return SEARCHES.has(name) ? "searches" : "reads";
}
