import { type Counts, JOB_STATES, type JobState, type RateLimit } from "@spillway/engine";
import { FlowCounters } from "./flows.ts";
import type { Hold } from "./holds.ts";
import type { Job } from "./job.ts";
import type { Schedule } from "./schedules.ts";
import { SortedList } from "./sorted-list.ts";

export interface QueueOptions {
  /** Most jobs at once over all workers. */
  concurrency?: number;
  rateLimit?: RateLimit;
  /** How many completed jobs are kept; the oldest beyond are forgotten. Default 1,000. */
  keepCompleted?: number;
  /** How many failed jobs are kept. Default 100,000. */
  keepFailed?: number;
  /** How long a job of a silent worker stays with it before it counts as stalled. Default 30 s. */
  lockMs?: number;
}

const DEFAULTS = {
  concurrency: null,
  rateLimit: null,
  keepCompleted: 1000,
  keepFailed: 100_000,
  lockMs: 30_000,
};

/** One queue: its jobs by id, and for each state an index in the order that lists show and workers follow. */
export class QueueStore {
  readonly name: string;
  readonly flows: FlowCounters;
  /** All jobs, held ones too: their ids stay taken. To read or write one, ask {@link find}. */
  readonly jobs = new Map<string, Job>();
  readonly holds = new Map<string, Hold>();
  readonly schedules = new Map<string, Schedule>();
  readonly index: Record<JobState, SortedList<Job>>;
  readonly #byAge = new SortedList<Job>();
  options: Required<Omit<QueueOptions, "concurrency" | "rateLimit">> & {
    concurrency: number | null;
    rateLimit: RateLimit | null;
  } = DEFAULTS;
  paused = false;
  nextId = 1;
  /** Starts counted within the rate limit's current window. */
  window = { startedAt: 0, starts: 0 };
  /** Calls off the wake-up for the earliest delayed job. */
  delayedTimer: { at: number; cancel: () => void } | null = null;

  constructor(name: string, since: number) {
    this.name = name;
    this.flows = new FlowCounters(since);
    this.index = {
      waiting: new SortedList(),
      active: new SortedList(),
      delayed: new SortedList(),
      blocked: new SortedList(),
      completed: new SortedList(),
      failed: new SortedList(),
    };
  }

  configure(options: QueueOptions): void {
    this.options = { ...this.options, ...options };
  }

  /** Puts a job that stands nowhere into `state`; `minor` grows with every placing. */
  place(job: Job, state: JobState, at: number, minor: number): void {
    job.state = state;
    job.stateSince = at;
    job.entry = { major: majorOf(job, state, at), minor, value: job };
    this.index[state].insert(job.entry);
    if (state !== "waiting") return;
    job.ageEntry = { major: job.waitingSince ?? at, minor, value: job };
    this.#byAge.insert(job.ageEntry);
  }

  /** Takes a job out of the index of its state. */
  displace(job: Job): void {
    if (job.entry) this.index[job.state].delete(job.entry);
    if (job.ageEntry) this.#byAge.delete(job.ageEntry);
    job.entry = null;
    job.ageEntry = null;
  }

  /** The job of this id, unless it is held. */
  find(id: string): Job | undefined {
    const job = this.jobs.get(id);
    return job?.held ? undefined : job;
  }

  /** Takes a job out of all indexes; {@link putBack} brings it to the same places again. */
  setAside(job: Job): void {
    job.held = true;
    if (job.entry) this.index[job.state].delete(job.entry);
    if (job.ageEntry) this.#byAge.delete(job.ageEntry);
  }

  putBack(job: Job): void {
    job.held = false;
    if (job.entry) this.index[job.state].insert(job.entry);
    if (job.ageEntry) this.#byAge.insert(job.ageEntry);
  }

  counts(): Counts {
    const counts: Counts = { waiting: 0, active: 0, delayed: 0, blocked: 0, completed: 0, failed: 0 };
    for (const state of JOB_STATES) counts[state] = this.index[state].size;
    return counts;
  }

  oldestWaitingSince(): number | null {
    return this.#byAge.first()?.waitingSince ?? null;
  }
}

function majorOf(job: Job, state: JobState, at: number): number {
  switch (state) {
    case "waiting":
      return job.priority;
    case "delayed":
      return job.runAt ?? at;
    case "active":
    case "blocked":
    case "completed":
    case "failed":
      return at;
  }
}
