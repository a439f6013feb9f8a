import type { WorkerRecord } from "@spillway/engine";

/**
 * `late`: two heartbeats in a row are missing. `lost`: so many that it is dead. `stopped`: said goodbye. `gone`: it
 * vanished, and how it is known (a connection or a lock) can't tell a goodbye from a crash.
 */
export type WorkerHealth = "healthy" | "late" | "lost" | "stopped" | "gone";

/** Of those that promised to beat every 5 s; so that it is seen within 15 s even if a tick comes late. */
const LATE_AFTER_MS = 12_000;
/** Of others, whose locks are renewed every 15 s. */
const LATE_UNPROMISED_MS = 20_000;
export const LOST_AFTER_MS = 40_000;

/** The health of a worker the engine still lists. One that has no heartbeat at all is healthy while it is listed. */
export function workerHealth(worker: WorkerRecord, now: number): WorkerHealth {
  if (worker.stoppedAt !== null) return "stopped";
  if (worker.heartbeatAt === null) return "healthy";
  const age = now - worker.heartbeatAt;
  if (age > LOST_AFTER_MS) return beats(worker) ? "lost" : "gone";
  return age > (beats(worker) ? LATE_AFTER_MS : LATE_UNPROMISED_MS) ? "late" : "healthy";
}

/** Does its silence mean anything? Only of those that promised to beat. */
export function beats(worker: WorkerRecord): boolean {
  return worker.source === "agent" || worker.source === "engine";
}
