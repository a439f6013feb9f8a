import type { PathParams } from "@spillway/contract/paths";
import type { Query, Reply } from "@spillway/contract/schemas";
import type { ReadName } from "@spillway/contract/table";
import { queryOptions } from "@tanstack/react-query";
import { apiUrl, read } from "./client.ts";

/** The key of a read: its endpoint, its path parameters, its query. */
export const keyOf = <N extends ReadName>(name: N, params: PathParams<N>, query: Partial<Query<N>> = {}) =>
  [name, params, query] as const;

/** Where it is asked: what a screen shows, for other programs. */
export const addressOf = <N extends ReadName>([name, params, query]: ReturnType<typeof keyOf<N>>): string =>
  apiUrl(name, params, query);

function options<N extends ReadName>(name: N, params: PathParams<N>, query: Partial<Query<N>> = {}) {
  return queryOptions<Reply<N>, Error, Reply<N>, ReturnType<typeof keyOf<N>>>({
    queryKey: keyOf(name, params, query),
    queryFn: ({ signal }) => read(name, params, query, signal),
  });
}

type Asked<N extends ReadName> = Partial<Query<N>>;

export const sessionQuery = () => options("getSession", {});
export const loginQuery = () => options("getLogin", {});
export const overviewQuery = (query: Asked<"getOverview"> = {}) => options("getOverview", {}, query);
/** The whole list, which the stream keeps current; searching and sorting it is the screen's. */
export const queuesQuery = (query: Asked<"listQueues"> = {}) => options("listQueues", {}, query);
export const queueQuery = (queue: string, query: Asked<"getQueue"> = {}) =>
  options("getQueue", { queue }, query);
export const jobsQuery = (queue: string, query: Asked<"listJobs">) => options("listJobs", { queue }, query);
export const jobQuery = (queue: string, jobId: string) => options("getJob", { queue, job_id: jobId });
export const jobLogsQuery = (queue: string, jobId: string, query: Asked<"getJobLogs">) =>
  options("getJobLogs", { queue, job_id: jobId }, query);
export const breakdownQuery = (queue: string, query: Asked<"getBreakdown">) =>
  options("getBreakdown", { queue }, query);
export const shapesQuery = (queue: string, query: Asked<"getShapes">) =>
  options("getShapes", { queue }, query);
export const shapeRetriesQuery = (queue: string) => options("getShapeRetries", { queue });
export const schedulesQuery = (queue: string, query: Asked<"listSchedules"> = {}) =>
  options("listSchedules", { queue }, query);
export const findJobQuery = (jobId: string) => options("findJob", {}, { job_id: jobId });
export const workersQuery = (query: Asked<"listWorkers"> = {}) => options("listWorkers", {}, query);
export const historyQuery = (query: Asked<"getHistory">) => options("getHistory", {}, query);
export const auditQuery = (query: Asked<"listAudit">) => options("listAudit", {}, query);
export const auditRecordQuery = (id: string) => options("getAuditRecord", { audit_id: id });
export const selectionQuery = (token: string) => options("getSelection", { token });
export const operationsQuery = (query: Asked<"listOperations"> = {}) => options("listOperations", {}, query);
/** What goes on now or holds jobs, of one queue or of all. */
export const openOperationsQuery = (queue?: string) =>
  operationsQuery({ open: "true", size: 200, ...(queue !== undefined && { queue }) });
export const operationQuery = (id: string) => options("getOperation", { operation_id: id });
export const outcomesQuery = (id: string, query: Asked<"listOutcomes">) =>
  options("listOutcomes", { operation_id: id }, query);
export const markersQuery = (query: Asked<"listMarkers">) => options("listMarkers", {}, query);
