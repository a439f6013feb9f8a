import type { WorkerRecord } from "@spillway/engine";
import { beats, LOST_AFTER_MS, type WorkerHealth, workerHealth } from "./worker-health.ts";

/** How long a worker that ended stays listed, and how many of them. */
const KEEP_MS = 86_400_000;
const MAX_ENDED = 500;

export interface LedgerEntry {
  /** As last seen: `activeJobs` is what it held. */
  worker: WorkerRecord;
  health: WorkerHealth;
  /** When it was last known to be there: its last heartbeat, goodbye or sighting. Epoch ms. */
  lastSeenAt: number;
  /** When it stopped, was lost or vanished; null while it works. */
  endedAt: number | null;
}

export interface WorkerLedger {
  /** The workers an engine lists at a moment; null (the engine did not tell): all stay as they were. */
  observe(workers: readonly WorkerRecord[] | null, at: number): void;
  /** Those at work, then those that ended in the last 24 h, the latest first. */
  list(now: number): LedgerEntry[];
}

interface Seen {
  worker: WorkerRecord;
  seenAt: number;
  listed: boolean;
}

/** Remembers workers beyond their end: an engine forgets a dead worker, an operator must not. */
export function createWorkerLedger(): WorkerLedger {
  const seen = new Map<string, Seen>();
  let toldAt: number | null = null;
  /** Since when nobody tells: silence of the engine is no silence of the workers. */
  let frozenAt: number | null = null;

  function observe(workers: readonly WorkerRecord[] | null, at: number): void {
    if (workers === null) {
      frozenAt ??= toldAt;
      return;
    }
    toldAt = at;
    frozenAt = null;
    const listed = new Set(workers.map((worker) => worker.id));
    for (const entry of seen.values()) if (!listed.has(entry.worker.id)) entry.listed = false;
    for (const worker of workers) {
      // A worker that is lost is often listed without its jobs at last: what it held is what it held when it was alive.
      const before = seen.get(worker.id)?.worker;
      const kept = before !== undefined && worker.activeJobs.length === 0 && isSilent(worker, at);
      seen.set(worker.id, {
        worker: kept ? { ...worker, activeJobs: before.activeJobs } : worker,
        seenAt: at,
        listed: true,
      });
    }
    forget(at);
  }

  function forget(now: number): void {
    const ended = [...seen.values()]
      .map((entry) => entryOf(entry, now))
      .filter((entry) => entry.endedAt !== null);
    ended.sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
    for (const [i, entry] of ended.entries())
      if (i >= MAX_ENDED || now - (entry.endedAt ?? now) > KEEP_MS) seen.delete(entry.worker.id);
  }

  function list(now: number): LedgerEntry[] {
    const entries = [...seen.values()].map((entry) => entryOf(entry, frozenAt ?? now));
    return entries
      .filter((entry) => entry.endedAt === null || now - entry.endedAt <= KEEP_MS)
      .sort(
        (a, b) => (b.endedAt ?? Infinity) - (a.endedAt ?? Infinity) || (a.worker.id < b.worker.id ? -1 : 1),
      );
  }

  return { observe, list };
}

function isSilent(worker: WorkerRecord, at: number): boolean {
  const health = workerHealth(worker, at);
  return health === "late" || health === "lost" || health === "gone";
}

function entryOf({ worker, seenAt, listed }: Seen, now: number): LedgerEntry {
  const lastSeenAt = worker.stoppedAt ?? worker.heartbeatAt ?? seenAt;
  const health = listed ? workerHealth(worker, now) : vanished(worker, now);
  const ended = health === "lost" || health === "stopped" || health === "gone";
  return { worker, health, lastSeenAt, endedAt: ended ? endOf(worker, seenAt) : null };
}

/** No longer listed: it said goodbye, or went silent and is late, then lost; of one that never beat, nobody can tell. */
function vanished(worker: WorkerRecord, now: number): WorkerHealth {
  if (worker.stoppedAt !== null) return "stopped";
  if (!beats(worker) || worker.heartbeatAt === null) return "gone";
  return now - worker.heartbeatAt > LOST_AFTER_MS ? "lost" : "late";
}

function endOf(worker: WorkerRecord, seenAt: number): number {
  return worker.stoppedAt ?? (beats(worker) ? (worker.heartbeatAt ?? seenAt) : seenAt);
}
