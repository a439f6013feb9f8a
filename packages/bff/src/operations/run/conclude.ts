import type { Outcome } from "../../audit/index.ts";
import type { Licence } from "../../commands/index.ts";
import { ProblemError, toProblemError } from "../../http/problem.ts";
import type { Ground } from "../ground.ts";
import type { Operation, OperationState } from "../operation.ts";
import type { Ending } from "./act-on-chunks.ts";

/** Counts of what a record is about. */
export interface Counts {
  succeeded: number;
  skipped: number;
  failed: number;
  unknown: number;
  /** Of all that were to be acted on, those that nobody came to. */
  left: number;
}

const STATES: Record<Exclude<Ending["how"], "left">, OperationState> = {
  finished: "done",
  cancelled: "cancelled",
  failed: "failed",
};

/** Brings an operation to its end and its record too. `note`: why, where the ending does not say it. */
export async function conclude(
  ground: Ground,
  operation: Operation,
  licence: Licence,
  ending: Ending,
  { note = null, counts = countsOf(operation) }: { note?: string | null; counts?: Counts } = {},
): Promise<void> {
  if (ending.how === "left") return leave(ground, operation, licence, counts);
  const { standing } = operation;
  standing.note = note ?? noteOf(ground, operation, ending);
  standing.finishedAt = ground.clock.now();
  standing.activity = null;
  standing.record = null;
  operation.become(STATES[ending.how]);
  ground.stands(operation);
  await licence.settle(outcomeOf(operation, ending, counts));
}

/** A process that goes away closes the record only if no other will go on with it. */
export async function leave(
  ground: Ground,
  operation: Operation,
  licence: Licence,
  counts: Counts,
): Promise<void> {
  ground.stands(operation);
  if (ground.isKept) return;
  const message = `The console was stopped; ${counts.left} jobs were not come to.`;
  await licence.settle({
    status: "failed",
    affected: counts.succeeded,
    skipped: counts.skipped,
    failed: counts.failed,
    error: { code: "interrupted", message },
    details: {},
  });
}

export function countsOf({ order, book }: Operation): Counts {
  return { ...book.counts, left: order.matched - book.done };
}

function noteOf(ground: Ground, { standing }: Operation, ending: Ending): string | null {
  if (ending.how === "cancelled") return `Stopped by ${standing.cancelledBy ?? "the console"}.`;
  return ending.how === "failed" ? problemOf(ground, ending.error).message : null;
}

/** Partly done is done: the counts say how far. */
export function outcomeOf({ standing }: Operation, ending: Ending, counts: Counts): Outcome {
  const { succeeded, skipped, failed, unknown, left } = counts;
  return {
    status: statusOf(ending, counts),
    affected: succeeded === 0 && unknown > 0 ? null : succeeded,
    skipped,
    failed,
    error: ending.how === "failed" ? { code: codeOf(ending.error), message: standing.note ?? "" } : null,
    details: {
      ...(unknown > 0 && { unknown }),
      ...(left > 0 && { not_done: left }),
      ...(standing.note !== null && { note: standing.note }),
    },
  };
}

function statusOf(ending: Ending, { succeeded, skipped, failed, unknown }: Counts): Outcome["status"] {
  if (ending.how === "failed") return codeOf(ending.error) === "outcome_unknown" ? "unknown" : "failed";
  if (unknown > 0) return "unknown";
  return failed > 0 && succeeded + skipped === 0 ? "failed" : "success";
}

function codeOf(error: unknown): string {
  return toProblemError(error)?.code ?? "internal";
}

function problemOf({ log }: Ground, error: unknown): ProblemError {
  const problem = toProblemError(error);
  if (problem !== null) return problem;
  log.error("An operation failed in a way nobody foresaw.", { error });
  return new ProblemError("internal", "Something went wrong here; the log has it.");
}
