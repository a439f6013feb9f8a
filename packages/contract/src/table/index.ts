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
  /** The body names the action (a job action), by which it is authorized and recorded; `action` is the commonest. */
  actionIn?: "body";
  /** It goes on in the background: answered with 202 and the operation. */
  background?: true;
  reply: "json" | "stream" | "download";
  summary: string;
}

const read = <const P extends string>(path: P, summary: string) =>
  ({ method: "GET", path, role: "viewer", reply: "json", summary }) as const;

const write = <const P extends string, A extends Action>(path: P, action: A, summary: string) =>
  ({ method: "POST", path, role: "viewer", action, reply: "json", summary }) as const;

/** A write that goes on in the background. */
const order = <const P extends string, A extends Action>(path: P, action: A, summary: string) =>
  ({ ...write(path, action, summary), background: true }) as const;

/** A read whose question does not fit into a query. */
const ask = <const P extends string>(path: P, role: Role, summary: string) =>
  ({ method: "POST", path, role, reply: "json", summary }) as const;

const queue = "/api/queues/{queue}";
const job = `${queue}/jobs/{job_id}` as const;
const operation = "/api/operations/{operation_id}";
const schedule = `${queue}/schedules/{schedule_id}` as const;

/** Every endpoint, once. The BFF serves it, the web calls it, OpenAPI, roles and tests derive from it. */
export const endpoints = {
  getSession: read("/api/session", "Who I am, what I may do, what runs here"),
  getOverview: read("/api/overview", "Is anything wrong, where, since when"),
  listQueues: read("/api/queues", "All queues from the last sample"),
  getQueue: read(queue, "One queue with its history and verdict"),
  listJobs: read(`${queue}/jobs`, "Jobs of one state by page, or a scan where anything is filtered"),
  getJob: read(job, "One job whole"),
  getJobLogs: read(`${job}/logs`, "What the job wrote to its log"),
  getBreakdown: read(`${queue}/breakdown`, "Jobs of one state by task, error shape, worker or payload field"),
  getShapes: read(`${queue}/dlq/shapes`, "Failed jobs grouped by error shape"),
  getShapeRetries: read(
    `${queue}/dlq/retries`,
    "Retries on record by error shape, and what became of the jobs",
  ),
  listSchedules: read(`${queue}/schedules`, "What will run, when"),
  findJob: read("/api/search", "An exact job id looked up in every queue"),
  listWorkers: read("/api/workers", "Who works, and who was lost"),
  getHistory: read("/api/metrics/history", "Samples of all queues or one, oldest first"),
  getHistoryPage: read("/metrics/history", "The same samples for clients that don't ask for HTML"),
  listAudit: read("/api/audit", "Who did what, newest first"),
  getAuditRecord: read("/api/audit/{audit_id}", "One record with its entries"),
  exportAudit: { ...read("/api/audit/export", "All records that match, as a file"), reply: "download" },
  previewSelection: ask(
    `${queue}/jobs/preview`,
    "operator",
    "Count and freeze the jobs that an action would touch",
  ),
  getSelection: read("/api/selections/{token}", "A frozen selection, and how far it is counted"),
  listOperations: read("/api/operations", "What runs in the background, and what ran"),
  getOperation: read(operation, "One operation with its phases"),
  listOutcomes: read(`${operation}/outcomes`, "What became of each of its jobs"),
  listMarkers: read("/api/markers", "Deploys, incidents and actions on the time axis"),
  streamEvents: { ...read("/api/events", "What changes, as server-sent events"), reply: "stream" },
  getOpenapi: read("/api/openapi.json", "This contract as OpenAPI 3.1"),
  getLivez: { ...read("/livez", "The process is alive"), role: "anyone" },
  getReadyz: { ...read("/readyz", "The engine can be reached"), role: "anyone" },

  pauseQueue: write(`${queue}/pause`, "queue.pause", "Start no more jobs; active ones finish"),
  resumeQueue: write(`${queue}/resume`, "queue.resume", "Start jobs again"),
  drainQueue: order(
    `${queue}/drain`,
    "queue.drain",
    "Delete all waiting jobs; held for a day first where the engine can",
  ),
  cleanQueue: order(`${queue}/clean`, "queue.clean", "Delete jobs that have long been in one state"),
  bulkJobs: {
    ...order(`${queue}/jobs/bulk`, "job.retry", "Act on many jobs in the background"),
    actionIn: "body",
  },
  redriveJobs: order(
    `${queue}/redrives`,
    "job.retry",
    "Retry in phases, each judged by the fate of its jobs",
  ),
  pauseOperation: write(`${operation}/pause`, "operation.pause", "Start no more of its jobs until resumed"),
  resumeOperation: write(`${operation}/resume`, "operation.resume", "Go on"),
  cancelOperation: write(`${operation}/cancel`, "operation.cancel", "Stop it; what is done stays done"),
  advanceOperation: write(
    `${operation}/advance`,
    "operation.advance",
    "Begin the next phase now, whatever the verdict",
  ),
  undoOperation: order(`${operation}/undo`, "operation.undo", "Put the held jobs back"),
  purgeOperation: order(`${operation}/purge`, "operation.purge", "Delete the held jobs for good now"),
  retryJob: write(`${job}/retry`, "job.retry", "Put a failed job back to waiting"),
  cancelJob: write(`${job}/cancel`, "job.cancel", "Stop a job for good"),
  removeJob: write(`${job}/remove`, "job.remove", "Delete a job's record"),
  promoteJob: write(`${job}/promote`, "job.promote", "Run a delayed job now"),
  pauseSchedule: write(`${schedule}/pause`, "schedule.pause", "Skip runs until resumed"),
  resumeSchedule: write(`${schedule}/resume`, "schedule.resume", "Plan runs again"),
  runSchedule: write(`${schedule}/run`, "schedule.run", "Add one job from the template now"),
  removeSchedule: write(`${schedule}/remove`, "schedule.remove", "Delete the schedule"),
  ackTrouble: write("/api/trouble/{trouble_id}/ack", "trouble.ack", "Say who is on it"),
  createMarker: write("/api/markers", "marker.create", "Mark a deploy, an incident or a note"),
  setScenario: write("/api/scenario", "scenario.set", "Rehearse another incident (embedded engine only)"),
  setName: write("/api/session/name", "session.name", "Say who you are where nobody checks"),
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
export type WriteName = {
  [N in EndpointName]: (typeof endpoints)[N] extends { action: Action } ? N : never;
}[EndpointName];
export type ReadName = Exclude<EndpointName, WriteName>;
/** Reads whose question is a body. */
export type AskName = {
  [N in ReadName]: (typeof endpoints)[N]["method"] extends "POST" ? N : never;
}[ReadName];
