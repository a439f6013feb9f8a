import { encodeSegment, unshield } from "@spillway/contract/paths";

/** Every address of the web app. Queries are appended by the screen whose they are. */
export const paths = {
  overview: () => "/",
  queues: () => "/queues",
  queue: (queue: string) => `/queues/${encodeSegment(queue)}`,
  jobs: (queue: string) => `/queues/${encodeSegment(queue)}/jobs`,
  job: (queue: string, jobId: string) => `/queues/${encodeSegment(queue)}/jobs/${encodeSegment(jobId)}`,
  dlq: (queue: string) => `/queues/${encodeSegment(queue)}/dlq`,
  schedules: (queue: string) => `/queues/${encodeSegment(queue)}/schedules`,
  queueMetrics: (queue: string) => `/queues/${encodeSegment(queue)}/metrics`,
  queueAudit: (queue: string) => `/queues/${encodeSegment(queue)}/audit`,
  workers: () => "/workers",
  metrics: () => "/metrics",
  operations: () => "/operations",
  operation: (id: string) => `/operations/${encodeSegment(id)}`,
  audit: () => "/audit",
  /** An incident's story. */
  incident: (incident: string) => `/audit?incident=${encodeURIComponent(incident)}`,
  /** `next`: where to go on afterwards. */
  login: (next: string) => (next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`),
  auditRecord: (id: string) => `/audit/${encodeSegment(id)}`,
};

/** Names in an address, read from the address itself: a router that decodes twice would turn `%2F` into `/`. */
export interface Place {
  queue: string;
  jobId: string;
  auditId: string;
  operationId: string;
}

function decodeSegment(segment: string): string {
  try {
    return unshield(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}

/** Reads a pathname below the mount point; what it does not name is an empty text. */
export function readPlace(pathname: string): Place {
  const [first, second = "", , fourth = ""] = pathname.replace(/^\//, "").split("/");
  return {
    queue: first === "queues" ? decodeSegment(second) : "",
    jobId: first === "queues" ? decodeSegment(fourth) : "",
    auditId: first === "audit" ? decodeSegment(second) : "",
    operationId: first === "operations" ? decodeSegment(second) : "",
  };
}

/** Where the app is mounted: `/` or `/ops/queues/`. */
export const mountPath = (): string => new URL(document.baseURI).pathname;

/** The pathname of a loader's request below the mount point. */
export const placeOf = (request: Request): Place =>
  readPlace(new URL(request.url).pathname.slice(mountPath().length - 1));

/** The search parameters of a loader's request. */
export const searchOf = (request: Request): URLSearchParams => new URL(request.url).searchParams;
