import { BLOCK } from "../frozen/frozen-jobs.ts";
import type { Operation } from "../operation.ts";
import type { Chunk } from "../run/chunk-plan.ts";
import { OUTCOMES } from "../run/outcome-book.ts";
import type { Line } from "./lines.ts";

/** Positions in one line of fates. */
const FATES_A_LINE = 2_000;

/** All that is to be known of an operation. */
export function* linesOf(operation: Operation, engine: string): Generator<Line> {
  const { order, standing, jobs, chunksDone, chunks } = operation;
  yield { line: "order", order, engine, jobs: jobs?.size ?? null, standing };
  yield* jobLines(operation);
  for (const number of chunksDone) yield chunkLine(operation, chunks.chunk(number));
  yield* allFates(operation);
}

export function standingLine({ id, standing }: Operation): Line {
  return { line: "standing", id, standing };
}

/** What became of each job of a chunk; only jobs of which that is known. */
export function chunkLine({ id, book }: Operation, { number, positions }: Chunk): Line {
  const why: Record<string, string> = {};
  let codes = "";
  for (const [i, position] of positions.entries()) {
    const { outcome, reason } = book.at(position) ?? { outcome: "unknown", reason: null };
    codes += OUTCOMES.indexOf(outcome) + 1;
    if (reason !== null) why[i] = reason;
  }
  return { line: "chunk", id, number, codes, why };
}

export function fatesLine({ id, fates }: Operation, positions: Iterable<number>): Line {
  const known = fates === null ? [] : [...positions].flatMap((position) => [position, fates.code(position)]);
  return { line: "fates", id, fates: known };
}

function* jobLines({ id, jobs }: Operation): Generator<Line> {
  if (jobs === null) return;
  let from = 0;
  for (const { ids, versions } of jobs.blocks()) {
    yield { line: "jobs", id, ids, versions, groups: [...jobs.groups.subarray(from, from + BLOCK)] };
    from += BLOCK;
  }
}

function* allFates(operation: Operation): Generator<Line> {
  const { fates, jobs } = operation;
  if (fates === null || jobs === null) return;
  let known: number[] = [];
  for (let position = 0; position < jobs.size; position++) {
    if (fates.code(position) > 0) known.push(position);
    if (known.length < FATES_A_LINE && position < jobs.size - 1) continue;
    if (known.length > 0) yield fatesLine(operation, known);
    known = [];
  }
}
