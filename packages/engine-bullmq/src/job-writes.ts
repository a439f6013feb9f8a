import type { JobEffect, JobWriteOptions, RetryOptions } from "@spillway/engine";
import type { EngineParts } from "./engine-parts.ts";
import { refusalOf } from "./job-words.ts";
import { baseOf } from "./keys.ts";
import { jobState } from "./raw-job.ts";
import { list, text } from "./reply.ts";
import { runScript, type Script } from "./run-script.ts";
import { GUARDED_PROMOTE, GUARDED_REMOVE, GUARDED_RETRY } from "./scripts/guarded.ts";

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
  const now = {
    state: state === null || state === undefined ? null : jobState(state),
    version: version ?? null,
  };
  if (outcome === "done") return now;
  throw refusalOf(outcome ?? "", now, done);
}
