import {
  EngineError,
  type JobEffect,
  type JobState,
  type JobWriteOptions,
  type RetryOptions,
} from "@spillway/engine";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { jobState } from "./raw-job.ts";
import { list, text } from "./reply.ts";
import { runScript, type Script } from "./run-script.ts";
import { GUARDED_PROMOTE, GUARDED_REMOVE, GUARDED_RETRY } from "./scripts/guarded.ts";

const REFUSALS: Record<string, string> = {
  "refused:0": "The job is locked by a worker at this moment.",
  "refused:-8": "This is the next run of a schedule. Remove the schedule, or wait until the run has begun.",
  "refused:child":
    "This job belongs to a flow with a rule for failed children, which only BullMQ can apply. Remove it instead.",
  "refused:unreadable": "This job's record can't be read. Remove it instead.",
  "refused:not_a_job": "The key of this job holds something else. It was left alone.",
};

export function retryJob(
  parts: EngineParts,
  queue: string,
  jobId: string,
  options: RetryOptions = {},
): Promise<JobEffect> {
  return act(parts, GUARDED_RETRY, queue, jobId, options, [options.resetAttempts ? "1" : "0"], "retried");
}

export function removeJob(
  parts: EngineParts,
  queue: string,
  jobId: string,
  options: JobWriteOptions = {},
): Promise<JobEffect> {
  return act(parts, GUARDED_REMOVE, queue, jobId, options, [], "removed");
}

export function promoteJob(
  parts: EngineParts,
  queue: string,
  jobId: string,
  options: JobWriteOptions = {},
): Promise<JobEffect> {
  return act(parts, GUARDED_PROMOTE, queue, jobId, options, [], "promoted");
}

async function act(
  parts: EngineParts,
  script: Script,
  queue: string,
  jobId: string,
  options: JobWriteOptions,
  args: readonly (string | number)[],
  done: string,
): Promise<JobEffect> {
  return effectOf(await askFor(parts, script, queue, jobId, options, args), done);
}

/** Runs a guarded script on one job; replies texts, the outcome first. */
export async function askFor(
  parts: EngineParts,
  script: Script,
  queue: string,
  jobId: string,
  options: JobWriteOptions,
  args: readonly (string | number)[],
): Promise<(string | null)[]> {
  await parts.discovery.expect(queue);
  const all = [jobId, options.expectVersion ?? "", ...args];
  const reply = await parts.connection.write((redis) =>
    runScript(redis, script, [baseOf(parts.prefix, queue)], all),
  );
  return list(reply).map(text);
}

/** What a guarded script's reply means. */
export function effectOf([outcome, state, version]: readonly (string | null)[], done: string): JobEffect {
  if (outcome === "done") {
    return {
      state: state === null || state === undefined ? null : jobState(state),
      version: version ?? null,
    };
  }
  if (outcome === "gone") throw gone();
  if (outcome === "conflict") throw movedOn(jobState(state), version ?? null, done);
  throw new EngineError("refused", REFUSALS[outcome ?? ""] ?? `BullMQ refused (${outcome}).`);
}

export function gone(): EngineError {
  return new EngineError("job_not_found", "This job is gone.");
}

export function movedOn(state: JobState, version: string | null, done: string): EngineError {
  return new EngineError("conflict", `The job is ${state} now and moved on meanwhile; it was not ${done}.`, {
    current: { state, version: version ?? "" },
  });
}
