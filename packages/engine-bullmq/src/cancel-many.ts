import { EngineError } from "@spillway/engine";
import { cancelOnce } from "./cancel.ts";
import { stillUnknown } from "./deadline.ts";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { jobsById } from "./lists.ts";
import type { ManyReply } from "./many.ts";
import { runScript } from "./run-script.ts";
import { NOTE_OUTCOMES } from "./scripts/many.ts";

/**
 * Has the running ones among many jobs stopped by their workers' agents, all at once, and notes in the receipt what came of
 * it. Of a call whose answer was lost the receipt tells which jobs were running: the same run is asked for again, and one
 * that failed as `Cancelled` since was stopped by that call.
 */
export async function cancelRunning(
  parts: EngineParts,
  queue: string,
  receipt: string,
  replies: readonly ManyReply[],
): Promise<ManyReply[]> {
  const asked = replies.filter(({ outcome, before }) => outcome === "active" || before !== null);
  if (asked.length === 0) return [...replies];
  try {
    const ended = await Promise.all(asked.map((reply) => endOf(parts, queue, reply)));
    const notes = ended.flatMap(({ index, outcome, version }) => [index, outcome, version ?? ""]);
    await parts.connection.write((redis) =>
      runScript(redis, NOTE_OUTCOMES, [baseOf(parts.prefix, queue)], [receipt, ...notes]),
    );
    const byIndex = new Map(ended.map((reply) => [reply.index, reply]));
    return replies.map((reply) => byIndex.get(reply.index) ?? reply);
  } catch (error) {
    throw stillUnknown(parts, error);
  }
}

async function endOf(parts: EngineParts, queue: string, reply: ManyReply): Promise<ManyReply> {
  if (reply.outcome === "active") return cancelRun(parts, queue, reply);
  const isSameRun = runOf(reply.before) === runOf(reply.version);
  if (reply.state !== "failed" || !isSameRun) return reply;
  const [row] = await jobsById(parts, queue, [reply.id]);
  const wasStopped = row?.version === reply.version && row?.error?.name === "Cancelled";
  return wasStopped ? { ...reply, outcome: "done" } : reply;
}

async function cancelRun(parts: EngineParts, queue: string, reply: ManyReply): Promise<ManyReply> {
  try {
    const effect = await cancelOnce(parts, queue, reply.id, { expectVersion: reply.version ?? "" });
    const { stopped, ...now } = effect;
    return { ...reply, ...now, outcome: stopped ? "done" : "refused:runs_on" };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { code, message, current } = error;
    if (code === "job_not_found") return { ...reply, outcome: "gone", state: null, version: null };
    if (code === "conflict" && current !== undefined) return { ...reply, outcome: "conflict", ...current };
    if (code === "refused" || code === "unsupported") return { ...reply, outcome: `${code}=${message}` };
    throw error;
  }
}

/** Which run of a job a version is of: the attempts that were started. */
function runOf(version: string | null): string | null {
  return version?.split(":")[1] ?? null;
}
