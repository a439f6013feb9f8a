import type { JobRow } from "@spillway/engine";
import type { FateName } from "./fates.ts";

/** What was seen of a retried job, as bits. */
export const SEEN = {
  started: 1,
  /** A failed attempt, before a start was seen: it may be late news of the failure that it was retried for. */
  maybeFailed: 2,
  failed: 4,
  completed: 8,
  removed: 16,
  /** It was not there when it was looked for. */
  missing: 32,
} as const;

/** What can be concluded. An attempt that failed counts, whatever became of the job afterwards. */
export function fateFrom(seen: number): FateName {
  if (seen & SEEN.failed) return "failed";
  if (seen & SEEN.completed) return "completed";
  if (seen & SEEN.removed) return "gone";
  return seen & SEEN.started ? "started" : "open";
}

/** What an event adds. Events of one queue come in order, but some may be missed. */
export function afterEvent(seen: number, type: string): number {
  switch (type) {
    case "started":
      return seen | SEEN.started;
    case "attempt_failed":
    case "failed":
      return seen & SEEN.started ? seen | SEEN.failed : seen | SEEN.maybeFailed;
    case "completed":
      return seen | SEEN.started | SEEN.completed;
    case "removed":
      return seen | SEEN.removed;
    default:
      return seen;
  }
}

/**
 * What reading the job adds; undefined: it is not there. `changed`: whether its version is another than right after the
 * retry, null if that is not known. A job is gone only when it was missed twice: the news of its completion may be late.
 */
export function afterLook(seen: number, row: JobRow | undefined, changed: boolean | null): number {
  if (row === undefined) return seen & SEEN.missing ? seen | SEEN.removed : seen | SEEN.missing;
  switch (row.state) {
    case "completed":
      return seen | SEEN.started | SEEN.completed;
    case "failed":
      return seen | SEEN.failed;
    case "active":
      return seen | SEEN.started;
    case "delayed":
      // Put back to waiting, it can be delayed only because a run failed.
      return changed === false ? seen : seen | SEEN.failed;
    case "waiting":
    case "blocked":
      if (changed === false) return seen & ~SEEN.maybeFailed;
      return changed && seen & SEEN.maybeFailed ? seen | SEEN.failed : seen;
  }
}
