import type { ProblemCode } from "@spillway/contract/schemas";

/** What the commands that ask a console end with, so that scripts can tell what to do next; as in sysexits.h where it has a word. */
export const EXIT = {
  done: 0,
  /** The console said no, or not all of it was done. */
  notDone: 1,
  /** The console, its engine or its audit can't be reached now. */
  unavailable: 69,
  /** Nobody knows whether it took effect: look before you do it again. */
  unknown: 75,
  notAllowed: 77,
} as const;

const BY_CODE: Partial<Record<ProblemCode, number>> = {
  unauthenticated: EXIT.notAllowed,
  forbidden: EXIT.notAllowed,
  misdirected: EXIT.notAllowed,
  engine_unavailable: EXIT.unavailable,
  audit_unavailable: EXIT.unavailable,
  rate_limited: EXIT.unavailable,
  outcome_unknown: EXIT.unknown,
};

export const exitOf = (code: ProblemCode): number => BY_CODE[code] ?? EXIT.notDone;
