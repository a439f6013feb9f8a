import type { WorkerList } from "@spillway/contract/schemas";
import type { Handlers } from "../http/handlers.ts";
import { redactText } from "../redaction/index.ts";
import type { Sampler } from "../seams.ts";
import { getBreakdown } from "../triage/index.ts";
import type { Room } from "./room.ts";

export function triageRoutes({
  engine,
  clock,
  sampler,
  shapes,
}: Room): Pick<Handlers, "getBreakdown" | "getShapes"> {
  const deps = { engine, clock, redact: redactText, workers: () => knownWorkers(sampler) };
  return {
    getBreakdown: ({ params, query }) => getBreakdown(deps, params.queue, query),
    getShapes: ({ params, query }) => shapes.read(params.queue, query),
  };
}

/** Nobody, before the first good sample. */
function knownWorkers(sampler: Sampler): WorkerList["items"] {
  return sampler.snapshot() === null ? [] : sampler.workers({}).items;
}
