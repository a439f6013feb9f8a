import type { HoldRecord, JobTarget, ManyAction, TargetResult } from "./many-records.ts";
import type {
  Capabilities,
  EngineEvent,
  EngineInfo,
  EngineSnapshot,
  FoundJobs,
  JobRecord,
  JobRow,
  JobState,
  LogLine,
  QueueSnapshot,
  ScheduleRecord,
  Slice,
} from "./records.ts";
import type { ScanBatch, ScanField } from "./scan-records.ts";

/** Every read may be given a signal; a read that was aborted rejects with the signal's reason. */
export interface ReadOptions {
  signal?: AbortSignal;
}

export interface ListOptions extends ReadOptions {
  /** `newest` (default) or `oldest` first; of waiting jobs, `oldest` is the next to run. */
  order?: "newest" | "oldest";
  offset: number;
  limit: number;
}

export interface ScanOptions extends ReadOptions {
  /** Newest first within each state, states in this order. */
  states: readonly JobState[];
  fields: readonly ScanField[];
  order?: "newest" | "oldest";
  /** From an earlier batch of a scan with the same states and order. */
  cursor?: string;
  /** A hint: only ids that contain this, case-insensitively, matter; an engine may skip others (they count as scanned). */
  idContains?: string;
  /** A hint: only jobs whose payload contains this, case-insensitively, matter; an engine may skip others likewise. */
  payloadContains?: string;
  /** A hint: only jobs whose finished (finished states) or created time lies within matter. */
  from?: number;
  to?: number;
}

export interface JobWriteOptions {
  /** Do it only if the job is still at this version; otherwise throw `conflict`. */
  expectVersion?: string;
}

export interface RetryOptions extends JobWriteOptions {
  /** Give all attempts back. Default false: one more run. */
  resetAttempts?: boolean;
}

/** What a write did to one job. `null` for a job that no longer exists. */
export interface JobEffect {
  state: JobState | null;
  version: string | null;
}

export interface CancelEffect extends JobEffect {
  /** For an active job: did the worker stop within the deadline? True for jobs that were not running. */
  stopped: boolean;
}

export interface ManyOptions {
  /** With `retry`: give all attempts back. Default false. */
  resetAttempts?: boolean;
  /** With `remove`: move the jobs aside into this hold instead of deleting them. Needs the capability `hold`. */
  hold?: HoldOptions;
  /**
   * A name for this very call. Asked again with it within a day, the engine tells what was done then and does nothing:
   * so a caller that got no answer asks again, and each job is acted on at most once. Characters `[A-Za-z0-9:_-]`, ≤ 100.
   */
  receipt: string;
}

export interface HoldOptions {
  /** `[A-Za-z0-9_-]`, ≤ 64; the same id adds to the same hold. */
  id: string;
  /** Kept in {@link HoldRecord}; epoch ms. */
  until: number;
}

/**
 * The port to a running queue system. Small on purpose: it knows nothing of screens, previews, redaction, shapes
 * or pages of text. Every method rejects with {@link EngineError} only (or an abort signal's reason).
 * Reads answer within 1.5 s or throw `unavailable` with cause `timeout`; writes within 5 s or throw
 * `outcome_unknown`. Nothing is ever repeated by an engine on its own. Every method that names a queue rejects with
 * `queue_not_found` if there is none, and a scan with `refused` if its cursor is not one it gave.
 */
export interface QueueEngine extends AsyncDisposable {
  readonly info: EngineInfo;
  readonly capabilities: Capabilities;

  /** Resolves when the engine answers; throws `unavailable` with its cause. */
  ping(options?: ReadOptions): Promise<void>;
  /** All queues and workers, in one round trip however many there are. Sorted by name. */
  snapshot(options?: ReadOptions): Promise<EngineSnapshot>;
  /** One queue now; `queue_not_found`. */
  queue(queue: string, options?: ReadOptions): Promise<QueueSnapshot>;
  /** One state of one queue, counted and sliced. Past the end: no rows. A job that can't be read is a row flagged `unreadable`. */
  listJobs(queue: string, state: JobState, options: ListOptions): Promise<Slice<JobRow>>;
  /** The rows of these ids, in this order; ids that are gone are left out. */
  jobsById(queue: string, ids: readonly string[], options?: ReadOptions): Promise<JobRow[]>;
  /** Walks jobs by score and id in small batches: a job that stays put is neither repeated nor skipped. */
  scan(queue: string, options: ScanOptions): AsyncIterable<ScanBatch>;
  /** One job whole; null if there is none. */
  job(queue: string, jobId: string, options?: ReadOptions): Promise<JobRecord | null>;
  /** Log lines, oldest first; `job_not_found`. */
  jobLogs(
    queue: string,
    jobId: string,
    options: { offset: number; limit: number } & ReadOptions,
  ): Promise<Slice<LogLine>>;
  /** The jobs of exactly this id, looked up in every queue that is known. */
  findJob(jobId: string, options?: ReadOptions): Promise<FoundJobs>;
  schedules(queue: string, options?: ReadOptions): Promise<ScheduleRecord[]>;

  /** Active jobs finish; waiting ones stay. Idempotent. */
  pauseQueue(queue: string): Promise<void>;
  resumeQueue(queue: string): Promise<void>;
  /**
   * Acts on at most `MOST_TARGETS` jobs, each by itself and only if it is as expected; results in the order of the
   * targets. A job that can't be acted on is a result, not an error. What `retryJob`, `cancelJob`, `removeJob` and
   * `promoteJob` say of one job holds for each, `conflict` for one in another state too; of a job that is named
   * twice only the first can be `done`. An active job whose worker was asked to stop and did not in time is `refused`:
   * it runs on, and ends as cancelled if its run fails. Throws `refused` for more targets, or a receipt or hold that can't be kept
   * (see `checkManyCall`), and `outcome_unknown` without an answer in time: ask again with the same receipt. Holds
   * other clients up for 50 ms at most.
   */
  actOnJobs(
    queue: string,
    action: ManyAction,
    targets: readonly JobTarget[],
    options: ManyOptions,
  ): Promise<TargetResult[]>;

  /**
   * Moves all waiting jobs (and delayed ones if asked) aside at once, whatever their number; resolves to how many.
   * Next runs of schedules stay. With the id of a hold that exists it adds to it; nothing to hold makes no hold.
   * Held jobs are `gone` to every read and write, but their ids stay taken. `unsupported` without the capability `hold`.
   */
  holdWaiting(queue: string, hold: HoldOptions, options: { includeDelayed: boolean }): Promise<number>;
  /** All holds of all queues. */
  holds(options?: ReadOptions): Promise<HoldRecord[]>;
  /** Ids of held jobs, in an order that stays as long as none is put back, deleted or added. None of a hold that is gone. */
  heldIds(
    queue: string,
    holdId: string,
    options: { offset: number; limit: number } & ReadOptions,
  ): Promise<Slice<string>>;
  /**
   * Puts up to `limit` held jobs back to where they were: same state, order, priority, due time, attempts, flow; ahead
   * of those added meanwhile. What came due meanwhile becomes waiting. Resolves to how many went back and how many are
   * left; 0 left ends the hold. A hold that is gone: none, none left.
   */
  releaseHeld(queue: string, holdId: string, limit: number): Promise<{ moved: number; left: number }>;
  /** Deletes up to `limit` held jobs for good, as `removeJob` would. */
  purgeHeld(queue: string, holdId: string, limit: number): Promise<{ moved: number; left: number }>;

  /**
   * A failed job back to waiting, behind those of its priority that wait; keeps id, priority and error evidence.
   * `conflict` unless failed.
   */
  retryJob(queue: string, jobId: string, options?: RetryOptions): Promise<JobEffect>;
  /**
   * Ends a waiting, delayed, blocked or active job for good: `failed` with error `Cancelled`, never retried by itself.
   * Active: the worker is asked to stop; `stopped` says whether it did. `unsupported` where nothing can ask it.
   * `conflict` if it is finished.
   */
  cancelJob(queue: string, jobId: string, options?: JobWriteOptions): Promise<CancelEffect>;
  /** Deletes the record of a job that is not active; children stay. `conflict` if active, `job_not_found` if gone. */
  removeJob(queue: string, jobId: string, options?: JobWriteOptions): Promise<JobEffect>;
  /** A delayed job becomes waiting now. `conflict` unless delayed. */
  promoteJob(queue: string, jobId: string, options?: JobWriteOptions): Promise<JobEffect>;

  pauseSchedule(queue: string, scheduleId: string): Promise<void>;
  resumeSchedule(queue: string, scheduleId: string): Promise<void>;
  /** Adds one job from the template now; resolves to its id. The next planned run stays. */
  runSchedule(queue: string, scheduleId: string): Promise<string>;
  removeSchedule(queue: string, scheduleId: string): Promise<void>;

  /** What happens, as it happens; returns how to stop listening. Events may be missed while the engine is away. */
  subscribe(listener: (event: EngineEvent) => void): () => void;
}
