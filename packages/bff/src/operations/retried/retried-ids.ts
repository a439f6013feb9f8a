import type { Operation } from "../operation.ts";
import { IdIndex } from "../redrive/id-index.ts";

/** Blocks unpacked before others get a turn of the event loop. */
const BLOCKS_PER_TURN = 40;

const indexes = new WeakMap<Operation, Promise<IdIndex>>();

/** Whether an operation put this job back, or may have. */
export async function hasRetried(operation: Operation, jobId: string): Promise<boolean> {
  const position = (await indexOf(operation)).get(jobId);
  return position >= 0 && isRetried(operation, position);
}

/** Of one that is unknown it is not known whether. */
export function isRetried({ book }: Operation, position: number): boolean {
  const outcome = book.at(position)?.outcome;
  return outcome === "succeeded" || outcome === "unknown";
}

function indexOf(operation: Operation): Promise<IdIndex> {
  const known = indexes.get(operation) ?? build(operation);
  indexes.set(operation, known);
  return known;
}

async function build({ jobs }: Operation): Promise<IdIndex> {
  const index = new IdIndex(jobs?.size ?? 0);
  let position = 0;
  let blocks = 0;
  for (const { ids } of jobs?.blocks() ?? []) {
    for (const id of ids) index.set(id, position++);
    if (++blocks % BLOCKS_PER_TURN === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return index;
}
