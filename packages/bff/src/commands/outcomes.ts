import type { Outcome } from "../audit/index.ts";
import type { ProblemError } from "../http/problem.ts";
import type { Effect, Notes } from "./command.ts";

const NO_COUNTS = { skipped: null, failed: null } as const;

export function succeeded(effect: Effect<unknown>, notes: Notes): Outcome {
  return {
    status: "success",
    affected: effect.affected,
    skipped: null,
    failed: 0,
    error: null,
    details: notes,
  };
}

/** Nothing happened. */
export function refused(problem: ProblemError, notes: Notes = {}): Outcome {
  return { status: "failed", affected: 0, skipped: null, failed: 1, error: errorOf(problem), details: notes };
}

export function unknown(problem: ProblemError, notes: Notes): Outcome {
  return { status: "unknown", affected: null, ...NO_COUNTS, error: errorOf(problem), details: notes };
}

function errorOf({ code, message }: ProblemError): { code: string; message: string } {
  return { code, message };
}
