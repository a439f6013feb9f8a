import { z } from "zod";
import type { AskName, EndpointName, WriteName } from "../table/index.ts";
import { auditCopies, auditExportQuery, auditList, auditQuery, auditRecord } from "./audit.ts";
import { jobWriteBody, sinceQuery, writeBody } from "./common.ts";
import { eventsQuery } from "./events.ts";
import {
  exportJobsQuery,
  findJobQuery,
  findJobReply,
  jobDetail,
  jobList,
  listJobsQuery,
  logPage,
  logQuery,
} from "./jobs.ts";
import { exportHistoryQuery, history, historyQuery, markerList, markersQuery } from "./metrics.ts";
import {
  bulkBody,
  cleanBody,
  drainBody,
  operation,
  operationList,
  operationReply,
  operationsQuery,
  outcomePage,
  outcomesQuery,
  previewBody,
  redriveBody,
  selection,
} from "./operations.ts";
import { engineStatus, overview } from "./overview.ts";
import { listQueuesQuery, queueDetail, queueList } from "./queues.ts";
import {
  ackTroubleBody,
  createMarkerBody,
  logInBody,
  login,
  session,
  setNameBody,
  setScenarioBody,
} from "./session.ts";
import { breakdown, breakdownQuery, shapeRetries, shapes, shapesQuery } from "./triage.ts";
import { scheduleList, schedulesQuery, workerList, workersQuery } from "./workers.ts";
import {
  cancelReply,
  jobWriteReply,
  logInReply,
  logOutReply,
  markerReply,
  nameReply,
  retryBody,
  revealReply,
  runScheduleReply,
  writeReply,
} from "./writes.ts";

export * from "./audit.ts";
export * from "./common.ts";
export * from "./events.ts";
export * from "./jobs.ts";
export * from "./metrics.ts";
export * from "./operations.ts";
export * from "./overview.ts";
export * from "./problem.ts";
export * from "./queues.ts";
export * from "./session.ts";
export * from "./triage.ts";
export * from "./workers.ts";
export * from "./writes.ts";

const none = z.object({});
const health = z.object({ status: z.literal("ok") });

/** Query, body and reply of every endpoint. Downloads and streams reply with what their text format says. */
export const schemas = {
  getSession: { query: none, reply: session },
  getOverview: { query: sinceQuery, reply: overview },
  listQueues: { query: listQueuesQuery, reply: queueList },
  getQueue: { query: sinceQuery, reply: queueDetail },
  listJobs: { query: listJobsQuery, reply: jobList },
  getJob: { query: none, reply: jobDetail },
  getJobLogs: { query: logQuery, reply: logPage },
  getBreakdown: { query: breakdownQuery, reply: breakdown },
  getShapes: { query: shapesQuery, reply: shapes },
  getShapeRetries: { query: none, reply: shapeRetries },
  listSchedules: { query: schedulesQuery, reply: scheduleList },
  findJob: { query: findJobQuery, reply: findJobReply },
  listWorkers: { query: workersQuery, reply: workerList },
  getHistory: { query: historyQuery, reply: history },
  getHistoryPage: { query: historyQuery, reply: history },
  exportJobs: { query: exportJobsQuery, reply: z.string() },
  exportHistory: { query: exportHistoryQuery, reply: z.string() },
  getPrometheus: { query: none, reply: z.string() },
  listAudit: { query: auditQuery, reply: auditList },
  getAuditRecord: { query: none, reply: auditRecord },
  exportAudit: { query: auditExportQuery, reply: z.string() },
  previewSelection: { query: none, body: previewBody, reply: selection },
  getSelection: { query: none, reply: selection },
  listOperations: { query: operationsQuery, reply: operationList },
  getOperation: { query: none, reply: operation },
  listOutcomes: { query: outcomesQuery, reply: outcomePage },
  listMarkers: { query: markersQuery, reply: markerList },
  streamEvents: { query: eventsQuery, reply: z.string() },
  getOpenapi: { query: none, reply: z.record(z.string(), z.unknown()) },
  getLivez: { query: none, reply: health },
  getReadyz: { query: none, reply: health.extend({ engine: engineStatus, audit: auditCopies }) },
  pauseQueue: { query: none, body: writeBody, reply: writeReply },
  resumeQueue: { query: none, body: writeBody, reply: writeReply },
  drainQueue: { query: none, body: drainBody, reply: operationReply },
  cleanQueue: { query: none, body: cleanBody, reply: operationReply },
  bulkJobs: { query: none, body: bulkBody, reply: operationReply },
  redriveJobs: { query: none, body: redriveBody, reply: operationReply },
  pauseOperation: { query: none, body: writeBody, reply: operationReply },
  resumeOperation: { query: none, body: writeBody, reply: operationReply },
  cancelOperation: { query: none, body: writeBody, reply: operationReply },
  advanceOperation: { query: none, body: writeBody, reply: operationReply },
  undoOperation: { query: none, body: writeBody, reply: operationReply },
  purgeOperation: { query: none, body: writeBody, reply: operationReply },
  retryJob: { query: none, body: retryBody, reply: jobWriteReply },
  cancelJob: { query: none, body: jobWriteBody, reply: cancelReply },
  removeJob: { query: none, body: jobWriteBody, reply: jobWriteReply },
  promoteJob: { query: none, body: jobWriteBody, reply: jobWriteReply },
  revealJob: { query: none, body: writeBody, reply: revealReply },
  pauseSchedule: { query: none, body: writeBody, reply: writeReply },
  resumeSchedule: { query: none, body: writeBody, reply: writeReply },
  runSchedule: { query: none, body: writeBody, reply: runScheduleReply },
  removeSchedule: { query: none, body: writeBody, reply: writeReply },
  ackTrouble: { query: none, body: ackTroubleBody, reply: writeReply },
  createMarker: { query: none, body: createMarkerBody, reply: markerReply },
  withdrawMarker: { query: none, body: writeBody, reply: writeReply },
  setScenario: { query: none, body: setScenarioBody, reply: writeReply },
  setName: { query: none, body: setNameBody, reply: nameReply },
  getLogin: { query: none, reply: login },
  logIn: { query: none, body: logInBody, reply: logInReply },
  logOut: { query: none, body: writeBody, reply: logOutReply },
} as const satisfies { [N in EndpointName]: { query: z.ZodType; reply: z.ZodType } } & {
  [N in WriteName | AskName]: { body: z.ZodType };
};

/** What an endpoint answers. */
export type Reply<N extends EndpointName> = z.output<(typeof schemas)[N]["reply"]>;
/** What a caller may ask in the query. */
export type Query<N extends EndpointName> = z.input<(typeof schemas)[N]["query"]>;
/** What a caller may send. */
export type Body<N extends WriteName | AskName> = z.input<(typeof schemas)[N]["body"]>;
