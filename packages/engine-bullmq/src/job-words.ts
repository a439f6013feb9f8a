import { EngineError, type JobState } from "@spillway/engine";

/** Why a cancelled job failed, as its record says. */
export const CANCEL_REASON = "Cancelled by an operator";

const REFUSALS: Record<string, string> = {
  "refused:0": "The job is locked by a worker at this moment.",
  "refused:-8": "This is the next run of a schedule. Remove the schedule, or wait until the run has begun.",
  "refused:child":
    "This job belongs to a flow with a rule for failed children, which only BullMQ can apply. Remove it instead.",
  "refused:unreadable": "This job's record can't be read. Remove it instead.",
  "refused:not_a_job": "The key of this job holds something else. It was left alone.",
  "refused:runs_on": "Its worker was asked to stop it, but it runs on.",
  elsewhere: "This job was not found in its long list in time. Nothing was done to it.",
};

/**
 * What the guard's answer means, where it is not `done`, or `refused=<words>` and `unsupported=<words>` of what an agent said.
 * `done` is what was to be done, e.g. `retried`.
 */
export function refusalOf(
  outcome: string,
  now: { state: JobState | null; version: string | null },
  done: string,
): EngineError {
  if (outcome === "gone") return gone();
  if (outcome === "conflict" && now.state !== null) return movedOn(now.state, now.version, done);
  const [, code, words = ""] = /^(refused|unsupported)=(.*)$/s.exec(outcome) ?? [];
  if (code === "refused") return new EngineError("refused", words);
  if (code === "unsupported")
    return new EngineError("unsupported", words, { capability: "job_cancel_active" });
  const error = /^error:(?:ERR )?(.{0,200})/.exec(outcome)?.[1];
  if (error !== undefined) return new EngineError("refused", `Redis failed on this job: ${error}`);
  return new EngineError("refused", REFUSALS[outcome] ?? `BullMQ refused (${outcome}).`);
}

export function gone(): EngineError {
  return new EngineError("job_not_found", "This job is gone.");
}

export function movedOn(state: JobState, version: string | null, done: string): EngineError {
  return new EngineError("conflict", `The job is ${state} now and moved on meanwhile; it was not ${done}.`, {
    current: { state, version: version ?? "" },
  });
}
