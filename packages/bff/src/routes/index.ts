import type { Handlers } from "../http/handlers.ts";
import { auditRoutes } from "./audit.ts";
import { exportRoutes } from "./exports.ts";
import { healthRoutes } from "./health.ts";
import { jobActionRoutes } from "./job-actions.ts";
import { jobRoutes } from "./jobs.ts";
import { liveRoutes } from "./live.ts";
import { loginRoutes } from "./login.ts";
import { manyJobsRoutes } from "./many-jobs.ts";
import { markerRoutes } from "./markers.ts";
import { metricsRoutes } from "./metrics.ts";
import { openapiRoutes } from "./openapi.ts";
import { operationRoutes } from "./operations.ts";
import { queueRoutes } from "./queues.ts";
import { revealRoutes } from "./reveal.ts";
import type { Room } from "./room.ts";
import { scenarioRoutes } from "./scenario.ts";
import { scheduleRoutes } from "./schedules.ts";
import { sessionRoutes } from "./session.ts";
import { triageRoutes } from "./triage.ts";
import { troubleRoutes } from "./trouble.ts";

/** One handler for every row of the table. */
export function createHandlers(room: Room): Handlers {
  return {
    ...sessionRoutes(room),
    ...loginRoutes(room),
    ...metricsRoutes(room),
    ...queueRoutes(room),
    ...jobRoutes(room),
    ...jobActionRoutes(room),
    ...revealRoutes(room),
    ...manyJobsRoutes(room),
    ...operationRoutes(room),
    ...triageRoutes(room),
    ...scheduleRoutes(room),
    ...exportRoutes(room),
    ...auditRoutes(room),
    ...markerRoutes(room),
    ...troubleRoutes(room),
    ...scenarioRoutes(room),
    ...liveRoutes(room),
    ...openapiRoutes(room),
    ...healthRoutes(room),
  } satisfies Handlers;
}
