/**
 * What an agent and a console leave for each other in Redis, under BullMQ's base of a queue (`prefix:queue:`). A job's
 * id holds no single colon, so none of these keys can be one of a job.
 *
 * - `…spillway:workers`: hash of worker id to `<ms of Redis' clock> <JSON of a WorkerReport>`.
 * - `…spillway:cancel:<worker id>`: hash of request id to the JSON of a CancelRequest; expires.
 * - `…spillway:answer:<request id>`: a CancelAnswer; expires.
 */
export const WORKERS = "spillway:workers";
export const CANCEL = "spillway:cancel:";
export const ANSWER = "spillway:answer:";

/** How long a worker that fell silent stays in the hash, and one that said goodbye. */
export const KEEP_SILENT_MS = 86_400_000;
export const KEEP_STOPPED_MS = 3_600_000;
/** A request that no agent takes in this time is void. */
export const REQUEST_TTL_MS = 10_000;
export const ANSWER_TTL_MS = 60_000;

/** One BullMQ `Worker` as its agent describes it. */
export interface WorkerReport {
  /** BullMQ's id of the worker: the locks of its jobs begin with it. */
  worker: string;
  /** The same for all workers of one name in one process, one per queue: what people call a worker. */
  group: string;
  name: string | null;
  /** By which BullMQ names its connection and its jobs, if it has one. */
  connectionName: string | null;
  host: string;
  pid: number;
  version: string | null;
  concurrency: number;
  uptimeMs: number;
  /** Null where this version of BullMQ does not let the agent see them. */
  jobs: RunReport[] | null;
  /** Can the agent pass a request to cancel on to a processor? */
  cancels: boolean;
  stopped: boolean;
}

export interface RunReport {
  id: string;
  task: string | null;
  /** By the worker's own clock, epoch ms. */
  startedAt: number | null;
}

/** Which run is meant: a job that was retried meanwhile runs under another token or in another attempt. */
export interface CancelRequest {
  jobId: string;
  /** Of the job's lock. */
  token: string;
  /** How many attempts were started, this one included. */
  attempt: number;
  reason: string;
}

/**
 * `taken`: read by the agent. `asked`: the processor's signal fired. `stopped`: the run ended because of it. `finished`: it
 * returned all the same. `moved`: it moved the job elsewhere by itself. `not_here`: there is no such run. `deaf`: the
 * processor takes no signal, nothing was done.
 */
export const CANCEL_ANSWERS = ["taken", "asked", "stopped", "finished", "moved", "not_here", "deaf"] as const;
export type CancelAnswer = (typeof CANCEL_ANSWERS)[number];

const LONGEST_TEXT = 1_000;
const MOST_RUNS = 1_000;

/** Reads a value of the hash of workers; null if it is none. `beatAt` is of Redis' clock, epoch ms. */
export function parseReport(raw: string): { beatAt: number; report: WorkerReport } | null {
  const space = raw.indexOf(" ");
  const beatAt = space < 0 ? null : count(Number(raw.slice(0, space)));
  const fields = record(raw.slice(space + 1));
  if (beatAt === null || fields === null) return null;
  const worker = text(fields.worker);
  const group = text(fields.group);
  const host = text(fields.host);
  const pid = count(fields.pid);
  const concurrency = count(fields.concurrency);
  if (worker === null || group === null || host === null || pid === null || concurrency === null) return null;
  return {
    beatAt,
    report: {
      worker,
      group,
      name: text(fields.name),
      connectionName: text(fields.connectionName),
      host,
      pid,
      version: text(fields.version),
      concurrency,
      uptimeMs: count(fields.uptimeMs) ?? 0,
      jobs: Array.isArray(fields.jobs) ? fields.jobs.slice(0, MOST_RUNS).flatMap(run) : null,
      cancels: fields.cancels === true,
      stopped: fields.stopped === true,
    },
  };
}

/** Null if it is no request that an agent should obey. */
export function parseRequest(raw: string): CancelRequest | null {
  const fields = record(raw);
  const jobId = text(fields?.jobId);
  const token = text(fields?.token);
  const attempt = count(fields?.attempt);
  const reason = text(fields?.reason);
  if (jobId === null || token === null || attempt === null || reason === null) return null;
  return { jobId, token, attempt, reason };
}

export function parseAnswer(raw: string | null): CancelAnswer | null {
  return CANCEL_ANSWERS.find((answer) => answer === raw) ?? null;
}

function run(value: unknown): RunReport[] {
  if (!isRecord(value)) return [];
  const id = text(value.id);
  return id === null ? [] : [{ id, task: text(value.task), startedAt: count(value.startedAt) }];
}

function record(raw: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(raw);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT ? value : null;
}

/** A whole number of something, or a time: finite and not negative. */
function count(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.floor(value) : null;
}
