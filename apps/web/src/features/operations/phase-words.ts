import type { Gate, OperationPhase, PhaseTarget } from "@spillway/contract/schemas";
import { formatCount, formatShare, plural } from "../../lib/format.ts";

/** How many of so many jobs may fail again: none of 10 at 5 %, ten of 210. */
export const allowedFailures = ({ max_failure_rate }: Pick<Gate, "max_failure_rate">, size: number): number =>
  Math.floor(max_failure_rate * size + 1e-9);

/** `allows 0 failures of 10` */
export function allowsWords(gate: Pick<Gate, "max_failure_rate">, size: number): string {
  const allowed = allowedFailures(gate, size);
  return `allows ${plural(allowed, "failure")} of ${formatCount(size)}`;
}

/** `10 of different kinds`, `10 % = 231`, `the rest = 2,069`. Of the first few each error and task has some, however rare. */
export function targetWords(number: number, target: PhaseTarget, size: number): string {
  const jobs = formatCount(size);
  if ("percent" in target) return `${formatShare(target.percent / 100)} = ${jobs}`;
  if ("rest" in target) return number === 1 ? `all ${jobs} at once` : `the rest = ${jobs}`;
  return number === 1 ? `${jobs} of different kinds` : `${jobs} more`;
}

/** What is said of a phase in its state. */
export const phaseStateWords: Record<OperationPhase["state"], string> = {
  waiting: "not begun",
  running: "retrying",
  settling: "settling",
  passed: "passed",
  regressed: "fails again",
  undecided: "can't be told",
  cancelled: "stopped",
};

/**
 * The sizes of the phases over so many jobs, as the server will cut them: none takes more than the earlier ones left, a
 * percentage is of all and rounded up. What no phase takes is not retried.
 */
export function phaseSizes(total: number, targets: readonly PhaseTarget[]): number[] {
  let left = total;
  return targets.map((target) => {
    const wanted =
      "count" in target
        ? target.count
        : "percent" in target
          ? Math.ceil((total * target.percent) / 100)
          : left;
    const size = Math.min(left, wanted);
    left -= size;
    return size;
  });
}
