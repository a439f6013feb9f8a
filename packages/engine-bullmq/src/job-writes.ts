import {
  type CancelEffect,
  EngineError,
  type JobEffect,
  type JobWriteOptions,
  type RetryOptions,
} from "@spillway/engine";
import { CANCEL_ACTIVE } from "./capabilities.ts";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { jobState } from "./raw-job.ts";
import { list, text } from "./reply.ts";
import { runScript, type Script } from "./run-script.ts";
import { CANCEL_JOB } from "./scripts/cancel-job.ts";
import { GUARDED_PROMOTE, GUARDED_REMOVE, GUARDED_RETRY } from "./scripts/guarded.ts";

const CANCEL_REASON = "Cancelled by an operator";

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

/** Ends a job that does not run yet. A running one can't be reached from outside: it says where it runs. */
export async function cancelJob(
  parts: EngineParts,
  queue: string,
  jobId: string,
  options: JobWriteOptions = {},
): Promise<CancelEffect> {
  const args = [parts.clock.now(), CANCEL_REASON];
  return { ...(await act(parts, CANCEL_JOB, queue, jobId, options, args, "cancelled")), stopped: true };
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
  await parts.discovery.expect(queue);
  const all = [jobId, options.expectVersion ?? "", ...args];
  const reply = list(
    await parts.connection.write((redis) => runScript(redis, script, [baseOf(parts.prefix, queue)], all)),
  );
  const [outcome, state, version, lock, worker] = reply.map(text);
  if (outcome === "done") {
    return {
      state: state === null || state === undefined ? null : jobState(state),
      version: version ?? null,
    };
  }
  if (outcome === "gone") throw new EngineError("job_not_found", "This job is gone.");
  if (outcome === "active") throw cannotStop(lock ?? null, worker ?? null);
  if (outcome === "conflict") {
    throw new EngineError("conflict", `The job is ${state} now and moved on meanwhile; it was not ${done}.`, {
      current: { state: jobState(state), version: version ?? "" },
    });
  }
  throw new EngineError("refused", REFUSALS[outcome ?? ""] ?? `BullMQ refused (${outcome}).`);
}

function cannotStop(lock: string | null, worker: string | null): EngineError {
  const holder = lock === null ? null : lock.slice(0, 8);
  const where =
    worker !== null
      ? `It runs on worker “${worker}”.`
      : holder !== null
        ? `It runs on an unnamed worker (lock ${holder}…).`
        : "No worker holds its lock: it has stalled, and a living worker will take it back within about 30 s.";
  return new EngineError("unsupported", `${where} ${CANCEL_ACTIVE}`, { capability: "job_cancel_active" });
}
