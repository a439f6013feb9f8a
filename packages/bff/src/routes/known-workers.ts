import { createWorkerBook, type WorkerBook } from "../jobs/worker-book.ts";
import type { Room } from "./room.ts";

/** Who works and who ended, as of the last good sample; nobody before the first. */
export function knownWorkers({ sampler, startedAt }: Pick<Room, "sampler" | "startedAt">): WorkerBook {
  return createWorkerBook(sampler.snapshot() === null ? [] : sampler.workers({}).items, startedAt);
}
