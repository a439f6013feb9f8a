import type { JobError } from "@spillway/engine";
import type { Job } from "./job.ts";
import type { Worker } from "./worker.ts";

/** How one run ended. `result` is JSON text. */
export type Outcome =
  | { type: "completed"; result: string | null }
  | { type: "failed"; error: JobError; unrecoverable?: boolean };

/** One run of a job by a worker. */
export interface Run {
  readonly job: Job;
  readonly worker: Worker;
  readonly startedAt: number;
  /** Asks whatever does the work to stop. */
  onCancel: (reason: Cancelled) => void;
  /** Told once, when the run is over however it ended. */
  readonly onOver: (() => void)[];
}

/** What a processor is given. */
export interface JobContext {
  readonly id: string;
  readonly queue: string;
  readonly task: string;
  readonly payload: string;
  /** 1 for the first run. */
  readonly attempt: number;
  /** Aborts when somebody cancels the job; its reason is an error named `Cancelled`. */
  readonly signal: AbortSignal;
  log(text: string): void;
  /** A number 0–100, or anything JSON. */
  progress(value: unknown): void;
}

/** Does one job; what it returns is the result, what it throws is the error. */
export type Processor = (context: JobContext) => unknown;

/** What will become of one simulated run, decided when it starts. */
export interface Plan {
  /** How long it takes; `Infinity` hangs. */
  ms: number;
  error?: JobError;
  unrecoverable?: boolean;
  result?: unknown;
  /** Lines written at these parts (0–1) of the run. */
  logs?: readonly { part: number; text: string }[];
  /** Whether it reports progress as it goes. */
  progress?: boolean;
  /** It does not listen when it is asked to stop. */
  deaf?: boolean;
  /** It takes its worker down with it. */
  crash?: boolean;
}

/** Decides a run's fate from the job, without doing anything. */
export type Simulation = (job: Readonly<Job>, worker: Readonly<Worker>) => Plan;

/** The reason an AbortSignal carries when a job is cancelled. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

/** A cancel has no stack: where it was made is in here, and tells nothing of the job. */
export function toJobError(thrown: unknown): JobError {
  if (thrown instanceof Cancelled) return { name: thrown.name, message: thrown.message, stack: null };
  if (thrown instanceof Error)
    return { name: thrown.name, message: thrown.message, stack: thrown.stack ?? null };
  return {
    name: null,
    message: typeof thrown === "string" ? thrown : (JSON.stringify(thrown) ?? ""),
    stack: null,
  };
}
