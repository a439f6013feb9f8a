import type { Clock } from "@spillway/engine";
import { FrozenJobs } from "../frozen/frozen-jobs.ts";
import { Operation } from "../operation.ts";
import { OUTCOMES } from "../run/outcome-book.ts";
import { type Line, parseLine } from "./lines.ts";

/** An operation of an earlier process, and the engine whose jobs it is about. */
export interface Kept {
  operation: Operation;
  engine: string;
}

/** What the lines say before all jobs of an operation are there. */
interface Draft {
  order: Line & { line: "order" };
  jobs: FrozenJobs | null;
  kept: Kept | null;
}

export interface ReadBack {
  /** In the order in which they were begun. */
  kept: Kept[];
  /** Lines that could not be understood. */
  unreadable: number;
}

/** Brings back what earlier processes wrote. An operation whose jobs are not all there was never begun. */
export async function readLines(lines: AsyncIterable<string>, clock: Clock): Promise<ReadBack> {
  const drafts = new Map<string, Draft>();
  let unreadable = 0;
  for await (const text of lines) {
    const line = parseLine(text);
    if (line === null) unreadable++;
    else take(drafts, line, clock);
  }
  return { kept: [...drafts.values()].flatMap(({ kept }) => kept ?? []), unreadable };
}

function take(drafts: Map<string, Draft>, line: Line, clock: Clock): void {
  if (line.line === "order") {
    const jobs = line.jobs === null ? null : new FrozenJobs();
    const draft = { order: line, jobs, kept: null };
    drafts.set(line.order.id, draft);
    complete(draft, clock);
    return;
  }
  if (line.line === "gone") {
    drafts.delete(line.id);
    return;
  }
  const draft = drafts.get(line.id);
  if (draft === undefined) return;
  if (line.line === "jobs") {
    if (draft.kept !== null) return;
    for (const [i, id] of line.ids.entries())
      draft.jobs?.add(id, line.versions[i] ?? null, line.groups[i] ?? 0);
    complete(draft, clock);
  } else if (draft.kept !== null) apply(draft.kept.operation, line);
}

function complete(draft: Draft, clock: Clock): void {
  const { order, jobs } = draft;
  if ((jobs?.size ?? null) !== order.jobs) return;
  const operation = new Operation(clock, order.order, jobs, order.standing);
  draft.kept = { operation, engine: order.engine };
}

function apply(operation: Operation, line: Exclude<Line, { line: "order" | "gone" | "jobs" }>): void {
  if (line.line === "standing") Object.assign(operation.standing, line.standing);
  else if (line.line === "chunk") applyChunk(operation, line);
  else
    for (let i = 0; i + 1 < line.fates.length; i += 2)
      operation.fates?.restore(line.fates[i] ?? 0, line.fates[i + 1] ?? 0);
}

function applyChunk(operation: Operation, { number, codes, why }: Line & { line: "chunk" }): void {
  const { positions } = operation.chunks.chunk(number);
  if (positions.length !== codes.length) return;
  for (const [i, position] of positions.entries()) {
    const outcome = OUTCOMES[Number(codes[i]) - 1];
    if (outcome !== undefined) operation.book.put(position, { outcome, reason: why[i] ?? null });
  }
  operation.chunksDone.add(number);
}
