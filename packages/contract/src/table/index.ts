import type { Action, Role } from "./actions.ts";

export * from "./actions.ts";

/** One row of the contract. Plain data, so that a browser bundle pays nothing for it. */
export interface Endpoint {
  method: "GET" | "POST";
  /** Relative to the mount point; parameters in braces. */
  path: string;
  /** Who may read it; for a write, its action decides. `anyone` needs no identity. */
  role: Role | "anyone";
  /** The name of a write; reads have none, not even those that are asked by POST because their question is long. */
  action?: Action;
  /** A read that is allowed and on record by this name. */
  permit?: Action;
  /** What such a read calls the incident that it belongs to, where `incident` is one of its filters. */
  incidentIn?: "for_incident";
  /** Such a read is of the queue that its query names, or of all of them. */
  queueIn?: "query";
  /** The body names the action (a job action), by which it is authorized and recorded; `action` is the commonest. */
  actionIn?: "body";
  /** It goes on in the background: answered with 202 and the operation. */
  background?: true;
  reply: "json" | "stream" | "download" | "text";
}

const read = <const P extends string>(path: P) =>
  ({ method: "GET", path, role: "viewer", reply: "json" }) as const;

const write = <const P extends string, A extends Action>(path: P, action: A) =>
  ({ method: "POST", path, role: "viewer", action, reply: "json" }) as const;

/** A write that goes on in the background. */
const order = <const P extends string, A extends Action>(path: P, action: A) =>
  ({ ...write(path, action), background: true }) as const;

/** A read whose question does not fit into a query. */
const ask = <const P extends string>(path: P, role: Role) =>
  ({ method: "POST", path, role, reply: "json" }) as const;

const queue = "/api/queues/{queue}";
const job = `${queue}/jobs/{job_id}` as const;
const operation = "/api/operations/{operation_id}";
const schedule = `${queue}/schedules/{schedule_id}` as const;

/** Every endpoint, once. The BFF serves it, the web calls it, OpenAPI, roles and tests derive from it. */
export const endpoints = {
  getSession: read("/api/session"),
  getOverview: read("/api/overview"),
  listQueues: read("/api/queues"),
  getQueue: read(queue),
  listJobs: read(`${queue}/jobs`),
  getJob: read(job),
  getJobLogs: read(`${job}/logs`),
  getBreakdown: read(`${queue}/breakdown`),
  getShapes: read(`${queue}/dlq/shapes`),
  getShapeRetries: read(`${queue}/dlq/retries`),
  listSchedules: read(`${queue}/schedules`),
  findJob: read("/api/search"),
  listWorkers: read("/api/workers"),
  getHistory: read("/api/metrics/history"),
  getHistoryPage: read("/metrics/history"),
  exportJobs: { ...read(`${queue}/export`), reply: "download", permit: "queue.export" },
  exportHistory: {
    ...read("/api/metrics/export"),
    reply: "download",
    permit: "metrics.export",
    queueIn: "query",
  },
  getPrometheus: { ...read("/metrics/prometheus"), reply: "text" },
  listAudit: read("/api/audit"),
  getAuditRecord: read("/api/audit/{audit_id}"),
  exportAudit: {
    ...read("/api/audit/export"),
    reply: "download",
    permit: "audit.export",
    incidentIn: "for_incident",
  },
  previewSelection: ask(`${queue}/jobs/preview`, "operator"),
  getSelection: read("/api/selections/{token}"),
  listOperations: read("/api/operations"),
  getOperation: read(operation),
  listOutcomes: read(`${operation}/outcomes`),
  listMarkers: read("/api/markers"),
  streamEvents: { ...read("/api/events"), reply: "stream" },
  getOpenapi: read("/api/openapi.json"),
  getLivez: { ...read("/livez"), role: "anyone" },
  getReadyz: { ...read("/readyz"), role: "anyone" },

  pauseQueue: write(`${queue}/pause`, "queue.pause"),
  resumeQueue: write(`${queue}/resume`, "queue.resume"),
  drainQueue: order(`${queue}/drain`, "queue.drain"),
  cleanQueue: order(`${queue}/clean`, "queue.clean"),
  bulkJobs: {
    ...order(`${queue}/jobs/bulk`, "job.retry"),
    actionIn: "body",
  },
  redriveJobs: order(`${queue}/redrives`, "job.retry"),
  pauseOperation: write(`${operation}/pause`, "operation.pause"),
  resumeOperation: write(`${operation}/resume`, "operation.resume"),
  cancelOperation: write(`${operation}/cancel`, "operation.cancel"),
  advanceOperation: write(`${operation}/advance`, "operation.advance"),
  undoOperation: order(`${operation}/undo`, "operation.undo"),
  purgeOperation: order(`${operation}/purge`, "operation.purge"),
  retryJob: write(`${job}/retry`, "job.retry"),
  cancelJob: write(`${job}/cancel`, "job.cancel"),
  removeJob: write(`${job}/remove`, "job.remove"),
  promoteJob: write(`${job}/promote`, "job.promote"),
  revealJob: write(`${job}/reveal`, "job.reveal"),
  pauseSchedule: write(`${schedule}/pause`, "schedule.pause"),
  resumeSchedule: write(`${schedule}/resume`, "schedule.resume"),
  runSchedule: write(`${schedule}/run`, "schedule.run"),
  removeSchedule: write(`${schedule}/remove`, "schedule.remove"),
  ackTrouble: write("/api/trouble/{trouble_id}/ack", "trouble.ack"),
  createMarker: write("/api/markers", "marker.create"),
  withdrawMarker: write("/api/markers/{marker_id}/withdraw", "marker.withdraw"),
  setScenario: write("/api/scenario", "scenario.set"),
  setName: write("/api/session/name", "session.name"),
  getLogin: { ...read("/api/session/login"), role: "anyone" },
  logIn: { ...write("/api/session/login", "session.login"), role: "anyone" },
  logOut: { ...write("/api/session/logout", "session.logout"), role: "anyone" },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
export type WriteName = {
  [N in EndpointName]: (typeof endpoints)[N] extends { action: Action } ? N : never;
}[EndpointName];
export type ReadName = Exclude<EndpointName, WriteName>;
/** Reads that are on record. */
export type PermitName = {
  [N in ReadName]: (typeof endpoints)[N] extends { permit: Action } ? N : never;
}[ReadName];
/** Reads whose question is a body. */
export type AskName = {
  [N in ReadName]: (typeof endpoints)[N]["method"] extends "POST" ? N : never;
}[ReadName];
