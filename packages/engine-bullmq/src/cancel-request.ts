import { type CancelEffect, EngineError, type JobState } from "@spillway/engine";
import { type CancelAnswer, parseAnswer } from "@spillway/worker-agent/protocol";
import { isDeaf, isUnseen, noAnswer, type RunningOn } from "./cancel-words.ts";
import type { EngineParts } from "./engine-parts.ts";
import { outcomeUnknown } from "./fault.ts";
import { gone, movedOn } from "./job-words.ts";
import { baseOf } from "./keys.ts";
import { jobState } from "./raw-job.ts";
import { list, text } from "./reply.ts";
import { runScript } from "./run-script.ts";
import { CANCEL_PROGRESS, CANCEL_WITHDRAW } from "./scripts/cancel-request.ts";

const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 3_000;

/** A run whose worker's agent was asked to stop it. */
export interface AskedRun {
  queue: string;
  jobId: string;
  requestId: string;
  askedAt: number;
  /** Of the job while this run goes on. */
  version: string;
  /** BullMQ's id of the worker. */
  holder: string;
  worker: RunningOn;
}

/** How a request ended: with an effect, or with the job waiting somewhere to be ended there. */
type End = { kind: "effect"; effect: CancelEffect } | { kind: "left"; version: string };

interface Progress {
  state: JobState | null;
  version: string | null;
  answer: CancelAnswer | null;
}

/** Looks at the job and at what the agent answers, until it is clear what came of the request or 3 s have passed. */
export async function followRequest(parts: EngineParts, asked: AskedRun): Promise<End> {
  for (;;) {
    const progress = await look(parts, asked);
    const end = judge(asked, progress);
    if (end !== null) return end;
    if (parts.clock.now() - asked.askedAt >= PATIENCE_MS) return giveUp(parts, asked, progress);
    await new Promise<void>((resolve) => void parts.clock.after(LOOK_EVERY_MS, resolve));
  }
}

async function look(parts: EngineParts, { queue, jobId, requestId }: AskedRun): Promise<Progress> {
  try {
    const reply = await parts.connection.read((redis) =>
      runScript(redis, CANCEL_PROGRESS, [baseOf(parts.prefix, queue)], [jobId, requestId]),
    );
    const [state, version, answer] = list(reply).map(text);
    return {
      state: state === null ? null : jobState(state),
      version: version ?? null,
      answer: parseAnswer(answer ?? null),
    };
  } catch (error) {
    // The request was made: that it can't be followed leaves its outcome open.
    if (error instanceof EngineError && error.code === "unavailable")
      throw outcomeUnknown(parts.connection.name, error);
    throw error;
  }
}

/** Null while it is not clear yet. */
function judge(asked: AskedRun, { state, version, answer }: Progress): End | null {
  if (answer === "deaf") throw isDeaf(asked.worker);
  const heard = answer === "asked" || answer === "stopped";
  if (state === "active" && version === asked.version) return null;
  if (state === null) {
    // A job that is deleted when it fails leaves no trace but the answer.
    if (answer === "stopped") return { kind: "effect", effect: { state, version, stopped: true } };
    if (answer === "asked") return null;
    throw gone();
  }
  if (state === "failed" && heard) return { kind: "effect", effect: { state, version, stopped: true } };
  const isWaiting = state === "waiting" || state === "delayed" || state === "blocked";
  if (isWaiting && (heard || answer === "moved")) return { kind: "left", version: version ?? "" };
  throw movedOn(state, version, "cancelled");
}

async function giveUp(
  parts: EngineParts,
  { queue, requestId, holder, worker }: AskedRun,
  { state, version, answer }: Progress,
): Promise<End> {
  if (answer === null) {
    const withdrawn = await parts.connection.write((redis) =>
      runScript(redis, CANCEL_WITHDRAW, [baseOf(parts.prefix, queue)], [holder, requestId]),
    );
    if (withdrawn === 1) throw noAnswer(worker, PATIENCE_MS);
  }
  if (state === null) throw gone();
  if (answer === "not_here") throw isUnseen(worker);
  return { kind: "effect", effect: { state, version, stopped: answer === "stopped" } };
}
