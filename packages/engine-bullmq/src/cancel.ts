import { randomUUID } from "node:crypto";
import { type CancelEffect, EngineError, type JobWriteOptions } from "@spillway/engine";
import { parseReport } from "@spillway/worker-agent/protocol";
import { type AskedRun, followRequest } from "./cancel-request.ts";
import { cannotStop } from "./cancel-words.ts";
import { withinDeadline } from "./deadline.ts";
import type { EngineParts } from "./engine-parts.ts";
import { CANCEL_REASON } from "./job-words.ts";
import { askFor, effectOf } from "./job-writes.ts";
import { number } from "./reply.ts";
import { CANCEL_JOB } from "./scripts/cancel-job.ts";
import { holderOf } from "./workers.ts";

/**
 * Ends a job for good. Of a running one, the agent of the worker that holds it is asked to stop it, and 3 s later at the
 * latest it is told whether it did. Where no agent can be asked: `unsupported`, in words that say where it runs.
 */
export async function cancelJob(
  parts: EngineParts,
  queue: string,
  jobId: string,
  options: JobWriteOptions = {},
): Promise<CancelEffect> {
  return withinDeadline(parts, () => cancelOnce(parts, queue, jobId, options));
}

/** The same without a deadline. */
export async function cancelOnce(
  parts: EngineParts,
  queue: string,
  jobId: string,
  options: JobWriteOptions,
): Promise<CancelEffect> {
  const requestId = randomUUID();
  const askedAt = parts.clock.now();
  const reply = await askFor(parts, CANCEL_JOB, queue, jobId, options, [askedAt, CANCEL_REASON, requestId]);
  const [outcome, , version, lock, name, raw, redisNow] = reply;
  if (outcome !== "asked" && outcome !== "active") return { ...effectOf(reply, "cancelled"), stopped: true };
  const seen = parseReport(raw ?? "");
  const asked: AskedRun = {
    queue,
    jobId,
    requestId,
    askedAt,
    version: version ?? "",
    holder: holderOf(lock ?? ""),
    worker: {
      lock: lock ?? null,
      name: name ?? null,
      report: seen?.report ?? null,
      silentMs: seen === null ? 0 : (number(redisNow) ?? 0) - seen.beatAt,
    },
  };
  if (outcome === "active") throw cannotStop(asked.worker);
  const end = await followRequest(parts, asked);
  if (end.kind === "effect") return end.effect;
  // The run left its place by itself (a delay, a rate limit) after it was told to stop: it ends where it waits.
  const again = await askFor(parts, CANCEL_JOB, queue, jobId, { expectVersion: end.version }, [
    parts.clock.now(),
    CANCEL_REASON,
    randomUUID(),
  ]);
  if (again[0] === "asked" || again[0] === "active")
    throw new EngineError("refused", "The job began to run again at this very moment. Cancel it once more.");
  return { ...effectOf(again, "cancelled"), stopped: true };
}
