import type { JobOutcome, Operation, OperationState } from "@spillway/contract/schemas";
import { StateBadge, type StateWord, stateWord } from "../../ui/state-badge.tsx";
import { didWord, failedWord } from "./operation-words.ts";

const looks: Record<OperationState, StateWord> = {
  scheduled: "scheduled",
  running: "running",
  paused: "paused",
  awaiting_verdict: "settling",
  awaiting_operator: "asking",
  done: "done",
  cancelled: "stopped",
  failed: "failed",
};

export const operationStates = Object.keys(looks) as OperationState[];

/** Where an operation stands, in the words of the screen. */
export const operationStateWord = (state: OperationState): string => stateWord(looks[state]);

export const OperationStateBadge = ({ operation: { state } }: { operation: Pick<Operation, "state"> }) => (
  <StateBadge state={looks[state]} />
);

const outcomes: Record<JobOutcome, StateWord> = {
  succeeded: "success",
  skipped: "skipped",
  failed: "failed",
  unknown: "unknown",
};

/** What became of one job, in the operation's words where success or failure might be taken for that of its run. */
export function OutcomeBadge({ outcome, operation }: { outcome: JobOutcome; operation: Operation }) {
  const word =
    outcome === "succeeded"
      ? didWord(operation)
      : outcome === "failed"
        ? failedWord(operation)
        : stateWord(outcomes[outcome]);
  return <StateBadge state={outcomes[outcome]}>{word}</StateBadge>;
}
