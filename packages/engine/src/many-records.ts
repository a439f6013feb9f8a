import type { JobState } from "./records.ts";

/** What can be done to many jobs in one call. */
export type ManyAction = "retry" | "cancel" | "remove" | "promote";

/** How many targets one call takes at most. */
export const MOST_TARGETS = 200;

/** One of them; done only if the job is still at `expectVersion`, where that is given. */
export interface JobTarget {
  id: string;
  expectVersion?: string;
}

/** What came of one target. Only `done` changed anything; `message` is a sentence where it was not done. */
export interface TargetResult {
  id: string;
  outcome: "done" | "conflict" | "gone" | "refused" | "unsupported";
  /** What is true of the job now; null if it is gone or not known. */
  state: JobState | null;
  version: string | null;
  message: string | null;
}

/** Jobs moved aside: they run no more and are in no list, but keep their records until put back or deleted. */
export interface HoldRecord {
  id: string;
  queue: string;
  /** How many are held now. */
  count: number;
  heldAt: number;
  /** When whoever asked means to delete them; the engine itself never does. */
  until: number;
}
