import type { QueueEngine } from "../port.ts";

/** A job for a queue under test. Its `task` is one of those in `tasks.ts`, which says what becomes of it. */
export interface HarnessJob {
  task: string;
  /** Written as JSON; default `{}`. */
  payload?: unknown;
  /** Instead of `payload`: the exact text the engine shall hold, JSON or not. */
  rawPayload?: string;
  id?: string;
  attempts?: number;
  /** A fixed wait before each further attempt. */
  backoffMs?: number;
  delayMs?: number;
  /** Smaller runs sooner; 0 is none. */
  priority?: number;
  /** Jobs that must complete first; the job itself is then `blocked`. */
  children?: readonly (HarnessJob & { queue: string })[];
}

export interface HarnessSchedule {
  id: string;
  task: string;
  payload?: unknown;
  pattern?: string;
  everyMs?: number;
  timezone?: string;
}

/** A real worker of the engine's own kind, running the tasks of `createTasks`. */
export interface HarnessWorker {
  /** Finishes what it has and says goodbye. */
  stop(): Promise<void>;
}

/**
 * One fresh engine with nothing in it, and what a user of that queue system would do to it by other means than the
 * port. `describeQueueEngine` asks for one per behaviour and disposes of it, workers included. What these functions
 * did is visible to the engine when they resolve.
 */
export interface Harness extends AsyncDisposable {
  readonly engine: QueueEngine;
  /** The engine's time, epoch ms. */
  now(): number;
  createQueue(queue: string): Promise<void>;
  /** Adds a job as a producer would, creating the queue if need be; resolves to its id. */
  add(queue: string, job: HarnessJob): Promise<string>;
  /** Starts a worker on a queue; concurrency 1 unless told. */
  process(queue: string, options?: { concurrency?: number }): Promise<HarnessWorker>;
  addSchedule(queue: string, schedule: HarnessSchedule): Promise<void>;
  /** Lets every running `slow` task complete, and those that start later. */
  release(): void;
  /** Lets so much of the engine's time go by. */
  pass(ms: number): Promise<void>;
  /** Waits until `until` says true: polls in real time, or turns the clock; throws with `what` after about 10 s of it. */
  settle(until: () => Promise<boolean>, what: string): Promise<void>;
  /** Puts a job that can't be read into the waiting list of a queue, where the engine can have one; resolves to its id. */
  seedUnreadable?(queue: string): Promise<string>;
}

export type MakeHarness = () => Promise<Harness>;
