import type { JobState } from "./records.ts";

/** Why an engine cannot be used right now; each wants its own words on screen. */
export type UnavailableCause =
  | "down"
  | "auth"
  | "permission"
  | "readonly"
  | "masterdown"
  | "oom"
  | "timeout"
  | "circuit_open";

export type EngineErrorCode =
  | "unavailable"
  | "queue_not_found"
  | "job_not_found"
  | "schedule_not_found"
  | "conflict"
  | "refused"
  | "unsupported"
  | "outcome_unknown";

/** What an engine says is true of a job now, sent along with a conflict. */
export interface CurrentJob {
  state: JobState;
  version: string;
}

interface EngineErrorDetails {
  /** With `unavailable`. */
  cause?: UnavailableCause;
  /** With `conflict`: what is true now. */
  current?: CurrentJob;
  /** With `unsupported`: the capability that is absent. */
  capability?: string;
  /** The driver's error, for the log only; never shown. */
  source?: unknown;
}

/**
 * The only error an engine throws. `message` is a sentence for an operator and holds no credentials.
 *
 * - `unavailable`: the engine did not do it, for `reason`; nothing happened.
 * - `conflict`: the job is no longer in a state, or at the version, in which this can be done; nothing happened.
 * - `refused`: the engine said no for another reason (locked, dependency, own job of a schedule); nothing happened.
 * - `outcome_unknown`: the engine did not answer a write in time; it may or may not take effect. Never repeat it.
 */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;
  readonly reason: UnavailableCause | undefined;
  readonly current: CurrentJob | undefined;
  readonly capability: string | undefined;

  constructor(code: EngineErrorCode, message: string, details: EngineErrorDetails = {}) {
    super(message, { cause: details.source });
    this.code = code;
    this.reason = details.cause;
    this.current = details.current;
    this.capability = details.capability;
  }
}
