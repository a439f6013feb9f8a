import type { ScanRow } from "@spillway/engine";
import type { ScanCursor } from "./scan-cursor.ts";

/** A batch as the script replies it. */
export interface RawBatch {
  rows: ScanRow[];
  seen: number;
  /** Jobs from where this batch began to the end of its place. */
  left: number;
  /** The id just before its first job; null at the start of its place. */
  before: string | null;
  next: ScanCursor;
}

export interface Step {
  batch: RawBatch;
  /** Nothing is left in this place. */
  last: boolean;
}

/**
 * Walks one place with two batches in flight. The second one is a guess: it leaves out as many jobs as the first will
 * bring. If jobs came or went meanwhile, the id before it is not the last of the first: then it is asked for again.
 */
export async function* walkPlace(
  read: (cursor: ScanCursor, skip: number) => Promise<RawBatch>,
  start: ScanCursor,
  size: number,
): AsyncGenerator<Step> {
  let current = quiet(read(start, 0));
  let guess = quiet(read(start, size));
  for (;;) {
    const batch = await current;
    const last = batch.seen === 0 || batch.left <= batch.seen;
    if (!last) {
      const { next } = batch;
      const guessed = guess;
      guess = quiet(read(next, size));
      current = quiet(guessed.then((found) => (found.before === next.ids[0] ? found : read(next, 0))));
    }
    yield { batch, last };
    if (last) return;
  }
}

/** Its fault belongs to the step that awaits it, or to nobody if the reader stops before. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
