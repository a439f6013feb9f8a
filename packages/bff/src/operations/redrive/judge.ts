import type { Gate } from "@spillway/contract/schemas";
import { judgePhase, type PhaseVerdict } from "@spillway/triage";
import type { Phase } from "./phase.ts";

/** What is to be made of a phase now. While its jobs are still being put back it can only regress. */
export function judge(phase: Phase, gate: Gate, now: number): PhaseVerdict {
  return judgePhase({
    gate: {
      maxFailureRate: gate.max_failure_rate,
      minSettled: gate.min_settled,
      settleMs: gate.settle_s * 1000,
    },
    size: phase.retriedAt === null ? phase.size - phase.skipped : phase.retried,
    tally: phase,
    retriedAt: phase.retriedAt,
    lastStartedAt: phase.lastStartedAt,
    now,
  });
}

/** What is to be said of a phase now: of one that was left, too, for its jobs run on. Null while there is no verdict. */
export function verdictOf(phase: Phase, gate: Gate | undefined, now: number): string | null {
  const { verdict, state, finishedAt, overruled } = phase;
  // What was stopped is not judged any more, nor what an earlier version left.
  if (verdict === null || gate === undefined || finishedAt === null || state === "cancelled") return verdict;
  const { sentence } = judge(phase, gate, now);
  if (overruled === null) return sentence;
  return `${sentence} ${overruled.by} went on${overruled.isEarly ? " before the verdict" : ""}.`;
}
