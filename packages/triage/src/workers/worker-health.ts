import type { WorkerRecord } from "@spillway/engine";

/**
 * `late`: no heartbeat for over 15 s. `lost`: for over 45 s. `stopped`: said goodbye. `gone`: it vanished, and how it
 * is known (a connection or a lock) can't tell a goodbye from a crash.
 */
export type WorkerHealth = "healthy" | "late" | "lost" | "stopped" | "gone";

export const LATE_AFTER_MS = 15_000;
export const LOST_AFTER_MS = 45_000;

/** The health of a worker the engine still lists. One that has no heartbeat at all is healthy while it is listed. */
export function workerHealth(worker: WorkerRecord, now: number): WorkerHealth {
  if (worker.stoppedAt !== null) return "stopped";
  if (worker.heartbeatAt === null) return "healthy";
  const age = now - worker.heartbeatAt;
  const silent = age > LOST_AFTER_MS ? "lost" : age > LATE_AFTER_MS ? "late" : "healthy";
  return silent === "lost" && !beats(worker) ? "gone" : silent;
}

/** Does its silence mean anything? Only of those that promised to beat. */
export function beats(worker: WorkerRecord): boolean {
  return worker.source === "agent" || worker.source === "engine";
}
