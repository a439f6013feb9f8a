import type { Handlers } from "../http/handlers.ts";
import { earlierRetries, getBreakdown } from "../triage/index.ts";
import { knownWorkers } from "./known-workers.ts";
import type { Room } from "./room.ts";

export function triageRoutes(room: Room): Pick<Handlers, "getBreakdown" | "getShapes" | "getShapeRetries"> {
  const { engine, clock, shapes, views, redactor } = room;
  const deps = { engine, clock, redactor, workers: () => knownWorkers(room), views };
  return {
    getBreakdown: ({ params, query }) => getBreakdown(deps, params.queue, query),
    getShapes: ({ params, query }) => shapes.read(params.queue, query),
    getShapeRetries: ({ params }) => earlierRetries(room, params.queue),
  };
}
