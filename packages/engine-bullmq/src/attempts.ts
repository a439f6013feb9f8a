import type { AttemptRecord, JobRow } from "@spillway/engine";
import { jobError } from "./job-error.ts";
import { parseJson } from "./reply.ts";

const STACK_CHARS = 65_536;

/**
 * The runs of a job. BullMQ keeps a stack for each run that threw an Error (fewer if `stackTraceLimit` says so),
 * and times and worker of the last run only.
 */
export function attemptsOf(
  row: JobRow,
  stacktrace: string | null,
  failedReason: string | null,
): AttemptRecord[] {
  const parsed = parseJson(stacktrace);
  const stacks = Array.isArray(parsed) ? parsed.filter((stack) => typeof stack === "string") : [];
  const running = row.state === "active";
  const succeeded = row.state === "completed";
  const cancelled = stacks.at(-1)?.startsWith("Cancelled:") ?? false;
  const runs = Math.max(row.attemptsMade, cancelled || succeeded ? 0 : stacks.length) + (running ? 1 : 0);
  const failures = runs - (running || succeeded ? 1 : 0);
  return Array.from({ length: runs }, (_, index) => {
    const last = index === runs - 1;
    const stack =
      index < failures ? (stacks[stacks.length - failures + index]?.slice(0, STACK_CHARS) ?? null) : null;
    const lastFailure = index === failures - 1;
    return {
      number: index + 1,
      startedAt: last ? row.startedAt : null,
      finishedAt: last ? row.finishedAt : null,
      workerId: last ? row.workerId : null,
      error:
        index < failures
          ? jobError(lastFailure && !running && !succeeded ? failedReason : null, stack)
          : null,
    };
  });
}
