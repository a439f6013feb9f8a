import type { ScanRow } from "@spillway/engine";
import type { ScanCursor } from "./scan-cursor.ts";

/** Batches asked for at once: while the reader works on one, Redis always has another to work on. */
const IN_FLIGHT = 2;

/** A batch as it is read. */
export interface RawBatch {
  rows: ScanRow[];
  /** Of each row how many jobs of this batch come before it; null if the rows are all of them. */
  places: readonly number[] | null;
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
 * Walks one place with a few batches in flight, as far as there is more. All but the next are guesses: each leaves out as many
 * jobs as those before it will bring. If jobs came or went meanwhile, the id before it is not the last of the one before: then
 * it is asked for again.
 */
export async function* walkPlace(
  read: (cursor: ScanCursor, skip: number) => Promise<RawBatch>,
  start: ScanCursor,
  size: number,
): AsyncGenerator<Step> {
  const guesses: Promise<RawBatch>[] = [];
  let batch = await read(start, 0);
  for (;;) {
    const left = batch.seen === 0 ? 0 : batch.left - batch.seen;
    while (guesses.length < IN_FLIGHT && guesses.length * size < left)
      guesses.push(quiet(read(batch.next, guesses.length * size)));
    yield { batch, last: left <= 0 };
    if (left <= 0) return;
    const guess = await guesses.shift();
    const { next } = batch;
    batch = guess?.before === next.ids[0] && guess !== undefined ? guess : await read(next, 0);
  }
}

/** Its fault belongs to the step that awaits it, or to nobody if the reader stops before. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
