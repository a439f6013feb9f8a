import type { Gate, OperationPhase, PhaseTarget } from "@spillway/contract/schemas";
import { formatCount, formatShare } from "../../lib/format.ts";

/** How many of so many jobs may fail again, as the server judges: ten of 210 at 5 %, one of 10, none of 9. */
function allowedFailures({ max_failure_rate }: Pick<Gate, "max_failure_rate">, size: number): number {
  const ordinary = max_failure_rate > 0 && size >= 10 ? 1 : 0;
  return Math.max(ordinary, Math.floor(max_failure_rate * size + 1e-9));
}

/** `stops when 2 of 10 fail again` */
export function stopsWords(gate: Pick<Gate, "max_failure_rate">, size: number): string {
  const stops = allowedFailures(gate, size) + 1;
  if (stops > size) return "all may fail again";
  return `stops when ${formatCount(stops)} of ${formatCount(size)} ${stops === 1 ? "fails" : "fail"} again`;
}

/** `10 of different kinds`, `10 % = 231`, `the rest = 2,069`. Of the first few each error and task has some, however rare. */
export function targetWords(number: number, target: PhaseTarget, size: number): string {
  const jobs = formatCount(size);
  if ("percent" in target) return `${formatShare(target.percent / 100)} = ${jobs}`;
  if ("rest" in target) return number === 1 ? `all ${jobs} at once` : `the rest = ${jobs}`;
  return number === 1 ? `${jobs} of different kinds` : `${jobs} more`;
}

/** What is said of a phase: what somebody made of it counts for more than the verdict. */
export function phaseWord({
  state,
  overruled_by: by,
}: Pick<OperationPhase, "state" | "overruled_by">): string {
  if (by === null) return phaseStateWords[state];
  return state === "regressed" ? `overruled by ${by}` : `${by} went on`;
}

const phaseStateWords: Record<OperationPhase["state"], string> = {
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
