import type { AttemptRecord, JobError, JobEvent, JobRef, JobState, LogLine } from "@spillway/engine";
import type { Run } from "./run.ts";
import type { Entry } from "./sorted-list.ts";

/** How long a failed job waits before its next run: always `delayMs`, or doubled with each failed run. */
export interface Backoff {
  type: "fixed" | "exponential";
  delayMs: number;
}

export interface JobOptions {
  /** Any text; made up if absent. An id that the queue already holds adds nothing. */
  id?: string;
  /** Runs before it counts as failed; default 1. */
  attempts?: number;
  backoff?: Backoff;
  delayMs?: number;
  /** Smaller runs sooner; 0, the default, runs before all others. */
  priority?: number;
  /** Forget the job as soon as it completed. */
  removeOnComplete?: boolean;
  /** Jobs that must complete before this one may run. */
  children?: readonly NewJob[];
  /** A blocked job that must wait for this one too. */
  parent?: JobRef;
}

export interface NewJob {
  queue: string;
  task: string;
  /** A string is taken as the raw text; anything else is written as JSON. */
  payload: unknown;
  options?: JobOptions;
}

/** A job as the engine keeps it. Times are epoch ms. */
export interface Job {
  readonly id: string;
  readonly queue: string;
  readonly task: string;
  readonly payload: string;
  readonly createdAt: number;
  readonly priority: number;
  readonly maxAttempts: number;
  readonly backoff: Backoff | null;
  readonly delayMs: number;
  readonly removeOnComplete: boolean;
  readonly scheduleId: string | null;
  readonly parent: JobRef | null;
  readonly children: JobRef[];
  state: JobState;
  stateSince: number;
  version: string;
  attemptsMade: number;
  waitingSince: number | null;
  runAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  workerId: string | null;
  progress: number | string | null;
  error: JobError | null;
  result: string | null;
  stalledCount: number;
  cancelRequested: boolean;
  /** Keys (see `refKey`) of children that have not completed. */
  pendingChildren: Set<string> | null;
  attempts: AttemptRecord[];
  events: JobEvent[];
  logs: LogLine[];
  run: Run | null;
  /** Moved aside: it stands in no index, but keeps its places for when it is put back. */
  held: boolean;
  /** Where it stands in the index of its state. */
  entry: Entry<Job> | null;
  /** Where it stands among the waiting by age. */
  ageEntry: Entry<Job> | null;
  /** Worked out when first asked for. */
  payloadBytes: number | null;
  payloadIsJson: boolean | null;
}

/** What is kept of one job at most: a poison job that runs for days must not fill the memory. */
const ATTEMPTS_KEPT = 50;
const EVENTS_KEPT = 200;
export const LOG_LINES_KEPT = 1000;
/** Longest text kept of a stack. Characters. */
const STACK_KEPT = 65_536;

export const refKey = (ref: JobRef): string => `${ref.queue}\n${ref.id}`;

export const payloadText = (payload: unknown): string =>
  typeof payload === "string" ? payload : (JSON.stringify(payload) ?? "null");

export interface JobOrigin {
  id: string;
  at: number;
  version: string;
  scheduleId: string | null;
}

/** A new job that stands in no index yet. */
export function createJob(request: NewJob, origin: JobOrigin): Job {
  const options = request.options ?? {};
  return {
    id: origin.id,
    queue: request.queue,
    task: request.task,
    payload: payloadText(request.payload),
    createdAt: origin.at,
    priority: options.priority ?? 0,
    maxAttempts: Math.max(1, options.attempts ?? 1),
    backoff: options.backoff ?? null,
    delayMs: Math.max(0, options.delayMs ?? 0),
    removeOnComplete: options.removeOnComplete ?? false,
    scheduleId: origin.scheduleId,
    parent: options.parent ?? null,
    children: [],
    state: "waiting",
    stateSince: origin.at,
    version: origin.version,
    attemptsMade: 0,
    waitingSince: null,
    runAt: null,
    startedAt: null,
    finishedAt: null,
    workerId: null,
    progress: null,
    error: null,
    result: null,
    stalledCount: 0,
    cancelRequested: false,
    pendingChildren: null,
    attempts: [],
    events: [],
    logs: [],
    run: null,
    held: false,
    entry: null,
    ageEntry: null,
    payloadBytes: null,
    payloadIsJson: null,
  };
}

export function remember(job: Job, at: number, event: JobEvent["event"], detail: string | null = null): void {
  const workerId =
    event === "started" || event === "attempt_failed" || event === "stalled" ? job.workerId : null;
  job.events.push({ at, event, workerId, detail });
  if (job.events.length > EVENTS_KEPT) job.events.shift();
}

/** Of the run after those that ended. */
export const nextNumber = ({ attempts }: Job): number => (attempts.at(-1)?.number ?? 0) + 1;

export function recordAttempt(job: Job, finishedAt: number, error: JobError | null): void {
  const { startedAt, workerId } = job;
  job.attempts.push({ number: nextNumber(job), startedAt, finishedAt, workerId, error });
  if (job.attempts.length > ATTEMPTS_KEPT) job.attempts.shift();
}

export function keepStack(error: JobError): JobError {
  if (!error.stack || error.stack.length <= STACK_KEPT) return error;
  return { ...error, stack: error.stack.slice(0, STACK_KEPT) };
}

export function backoffMs(job: Job): number {
  if (!job.backoff) return 0;
  const { type, delayMs } = job.backoff;
  return type === "fixed" ? delayMs : delayMs * 2 ** Math.max(0, job.attemptsMade - 1);
}
