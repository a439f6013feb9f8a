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
