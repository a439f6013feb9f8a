import { EngineError } from "@spillway/engine";
import type { WorkerReport } from "@spillway/worker-agent/protocol";
import { SILENT_AFTER_MS } from "./agents.ts";
import { CANCEL_ACTIVE } from "./capabilities.ts";

/** Where a job runs, as far as Redis tells. */
export interface RunningOn {
  lock: string | null;
  /** The worker's name as BullMQ wrote it on the job. */
  name: string | null;
  report: WorkerReport | null;
  /** Since the last sign of life of its agent. */
  silentMs: number;
}

/** Nothing can ask this worker: why, where it is, and what would stop the job. */
export function cannotStop(worker: RunningOn): EngineError {
  return unsupported(`${place(worker)} ${why(worker)}`);
}

export function isDeaf(worker: RunningOn): EngineError {
  return unsupported(
    `${place(worker)} Its processor takes no AbortSignal, so it can't be asked to stop. Stop that process, or take the signal as the processor's third parameter.`,
  );
}

export function isUnseen(worker: RunningOn): EngineError {
  return unsupported(
    `${place(worker)} Spillway's agent there does not see this run: it began before the agent was attached. Stop that process, or attach the agent right after the worker is created.`,
  );
}

/** The request was taken back: nothing happened. */
export function noAnswer(worker: RunningOn, ms: number): EngineError {
  return new EngineError(
    "refused",
    `${place(worker)} Its agent did not answer within ${ms / 1_000} s, so the request was withdrawn. A processor that keeps the process busy can't hear it; stop that process if it must end.`,
  );
}

function place({ lock, name, report }: RunningOn): string {
  if (report !== null) {
    const called = report.name === null ? "" : `worker “${report.name}”, `;
    return `It runs on ${called}host ${report.host}, process ${report.pid}.`;
  }
  if (name !== null) return `It runs on worker “${name}”.`;
  if (lock !== null) return `It runs on an unnamed worker (lock ${lock.slice(0, 8)}…).`;
  return "No worker holds its lock: it has stalled, and a living worker will take it back within about 30 s.";
}

function why({ report, silentMs }: RunningOn): string {
  if (report === null) return CANCEL_ACTIVE;
  if (report.stopped) return "That worker has said goodbye. A living worker will take the job back.";
  if (silentMs > SILENT_AFTER_MS)
    return `That worker has been silent for ${Math.round(silentMs / 1_000)} s. Make sure that its process is gone; a living worker then takes the job back.`;
  return "This version of BullMQ does not let Spillway's agent stop its jobs. Stop that process.";
}

function unsupported(message: string): EngineError {
  return new EngineError("unsupported", message, { capability: "job_cancel_active" });
}
