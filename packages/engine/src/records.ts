/**
 * What an engine knows, in the field's words. Times are epoch milliseconds, durations milliseconds; `null` is
 * "unknown or not yet", never zero. Texts are raw: redaction, previews and shapes are made by the reader.
 */

export const JOB_STATES = ["waiting", "active", "delayed", "blocked", "completed", "failed"] as const;
export type JobState = (typeof JOB_STATES)[number];
export type Counts = Record<JobState, number>;

/** Something odd about a job that a reader must be told. `huge`: payload above 64 kB, not read for lists. */
export type JobFlag = "unreadable" | "huge" | "not_json" | "stalled";

/** How much of a payload a list row carries at most, and above which size it carries none. Bytes. */
export const PAYLOAD_HEAD_BYTES = 2048;
export const HUGE_PAYLOAD_BYTES = 65_536;

/** The last error of a job. `name` is null where the engine kept only a message. */
export interface JobError {
  name: string | null;
  message: string;
  /** At most 4 kB in a list row; whole (≤ 64 kB) in `AttemptRecord`. */
  stack: string | null;
}

/** One job as a list shows it. */
export interface JobRow {
  id: string;
  queue: string;
  task: string;
  state: JobState;
  /** Smaller runs sooner; 0 is none. */
  priority: number;
  attemptsMade: number;
  maxAttempts: number;
  createdAt: number | null;
  /** When it last became waiting: not its creation (a week-old job may have been retried a minute ago). */
  waitingSince: number | null;
  /** When a delayed job will be due. */
  runAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  /**
   * Who runs it or ran it last: of an active job the id of one of the snapshot's workers, where the engine can tell
   * which; else what it kept, e.g. a name that several workers may have.
   */
  workerId: string | null;
  /** A number 0–100, or the JSON text of whatever the worker reported. */
  progress: number | string | null;
  error: JobError | null;
  payloadBytes: number | null;
  /** The first {@link PAYLOAD_HEAD_BYTES} of the payload's text; null above {@link HUGE_PAYLOAD_BYTES}. */
  payloadHead: string | null;
  flags: JobFlag[];
  /** Opaque; changes with every change of state or attempt. Writes may expect it. */
  version: string;
}

/** One run of a job, the one under way too; nulls where the engine kept nothing. */
export interface AttemptRecord {
  number: number;
  startedAt: number | null;
  finishedAt: number | null;
  workerId: string | null;
  error: JobError | null;
}

/** Something that happened to a job, as the engine remembers it. */
export interface JobEvent {
  at: number;
  event:
    | "created"
    | "waiting"
    | "delayed"
    | "blocked"
    | "started"
    | "attempt_failed"
    | "completed"
    | "failed"
    | "retried"
    | "stalled"
    | "promoted"
    | "cancel_requested";
  workerId: string | null;
  detail: string | null;
}

export interface JobRef {
  queue: string;
  id: string;
}

/** One job whole. */
export interface JobRecord extends JobRow {
  /** Raw text, at most 1 MB of it. */
  payload: string | null;
  payloadTruncated: boolean;
  /** Raw JSON text of what the worker returned; null if none. */
  result: string | null;
  /** Engine options as JSON text (attempts, backoff, delay, removal…), without the payload. */
  options: string;
  attempts: AttemptRecord[];
  events: JobEvent[];
  logLines: number;
  parent: JobRef | null;
  children: JobRef[];
  scheduleId: string | null;
}

export interface LogLine {
  at: number | null;
  text: string;
}

/** What a search for an id found. */
export interface FoundJobs {
  rows: JobRow[];
  /** Queues that were searched. */
  queues: number;
  /** False while there may be queues that nobody has found yet. */
  complete: boolean;
}

/** A slice and how many there are in all. */
export interface Slice<T> {
  rows: T[];
  total: number;
}

/**
 * Cumulative counters since `since`, so that any reader can take differences. A counter the engine can't
 * know is null. Readers must treat a smaller value or a new `since` as a gap, not as a rate.
 */
export interface Flows {
  since: number;
  enqueued: number | null;
  started: number | null;
  completed: number | null;
  /** Runs that threw, retried or not. */
  failedAttempts: number | null;
  /** Jobs that entered `failed` for good. */
  failed: number | null;
  /** Failed runs the engine put back by itself. */
  autoRetried: number | null;
  /** Jobs that left `failed` for waiting: somebody retried them. */
  operatorRetried: number | null;
  /** Runs that were given up because no worker held the job any more: it was put back, or failed. */
  stalled: number | null;
  /** Cumulative histogram of run durations: count per bucket of {@link DURATION_BUCKETS_MS}; sparse; null if not measured. */
  durations: ReadonlyMap<number, number> | null;
  /** Sum of measured run durations, ms. */
  durationSum: number | null;
}

/** Upper bounds of the duration histogram in ms: 1 ms to about 18 h, each 2^(1/4) above the last. */
export const DURATION_BUCKETS_MS: readonly number[] = Array.from({ length: 105 }, (_, i) => 2 ** (i / 4));

/** The bucket a duration falls into: an index of {@link DURATION_BUCKETS_MS}. */
export function durationBucket(ms: number): number {
  if (ms <= 1) return 0;
  return Math.min(DURATION_BUCKETS_MS.length - 1, Math.ceil(Math.log2(ms) * 4));
}

export interface RateLimit {
  max: number;
  perMs: number;
}

/** How long an engine keeps failed jobs: each time one fails, it deletes those that are too many or too old. */
export interface FailedRetention {
  /** It keeps the newest so many. */
  count: number | null;
  /** It keeps them for so long. */
  ageMs: number | null;
  /** How many it keeps beyond that age now, until the next one fails; 0 where age is no rule. */
  aged: number;
}

export interface QueueSnapshot {
  name: string;
  paused: boolean;
  counts: Counts;
  /** When the longest-waiting job became waiting; null if none waits or it can't be known. */
  oldestWaitingSince: number | null;
  /** When the longest-running active job started. */
  oldestActiveSince: number | null;
  /** Active jobs that no living worker holds, of the longest-running 200 at least; null if it can't be known. */
  stalled: number | null;
  /** Most jobs at once over all workers, if the queue itself limits it. */
  concurrency: number | null;
  rateLimit: RateLimit | null;
  /** Null where no rule is known: an engine may keep all, or not tell. */
  failedRetention: FailedRetention | null;
  flows: Flows;
}

export interface ActiveJobRef {
  queue: string;
  jobId: string;
  task: string | null;
  startedAt: number | null;
}

/** A process, or the part of one, that works on queues. */
export interface WorkerRecord {
  id: string;
  name: string | null;
  host: string | null;
  pid: number | null;
  queues: string[];
  /** How many jobs it runs at once, of all its queues together. */
  concurrency: number | null;
  /** How many of each queue, where each has slots of its own; a queue that is not in it: unknown. Null: they share all. */
  concurrencyByQueue: Readonly<Record<string, number>> | null;
  activeJobs: ActiveJobRef[];
  startedAt: number | null;
  heartbeatAt: number | null;
  /** When it said goodbye; null if it did not. */
  stoppedAt: number | null;
  /** How it is known: told by itself, by its connection, by a job lock it holds, or by the engine. */
  source: "agent" | "connection" | "lock" | "engine";
  version: string | null;
}

/** All queues and workers at one moment. */
export interface EngineSnapshot {
  at: number;
  queues: QueueSnapshot[];
  /** Null where the engine refuses to tell (then `workersUnknown` says why in a sentence). */
  workers: WorkerRecord[] | null;
  workersUnknown: string | null;
}

/** How many of its next runs a schedule tells. */
export const NEXT_RUNS = 3;

export interface ScheduleRecord {
  id: string;
  task: string;
  pattern: string | null;
  everyMs: number | null;
  timezone: string | null;
  nextRunAt: number | null;
  /** Up to {@link NEXT_RUNS}, soonest first; fewer where it ends before, or where those after the next can't be told. */
  nextRuns: number[];
  /** Null if it did not run yet, or if it is not known when: `runs` tells which. */
  lastRunAt: number | null;
  runs: number | null;
  limit: number | null;
  paused: boolean;
  /** Raw payload text of the template, at most {@link PAYLOAD_HEAD_BYTES}. */
  payloadHead: string | null;
}

/** Something that just happened; best effort, in order per queue. */
export interface EngineEvent {
  at: number;
  type: "completed" | "failed" | "attempt_failed" | "started" | "removed" | "paused" | "resumed" | "stalled";
  queue: string;
  jobId: string | null;
}

/** What an engine can do beyond reading; `true`, or a sentence that says why not and what would. */
export interface Capabilities {
  job_cancel_active: true | string;
  job_logs: true | string;
  attempt_history: true | string;
  schedule_pause: true | string;
  schedule_run: true | string;
  worker_heartbeat: true | string;
  /** Exact flow counters and durations. */
  flow_rates: true | string;
  /** Jobs can be moved aside, to be put back or deleted later. */
  hold: true | string;
}
export type Capability = keyof Capabilities;

export interface EngineInfo {
  kind: "embedded" | "bullmq";
  /** What people call it, e.g. `Redis at localhost:6379`; never with credentials. */
  name: string;
  version: string | null;
}
