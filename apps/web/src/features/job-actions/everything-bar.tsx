import type { SelectionFilter } from "@spillway/contract/schemas";
import { formatCount, plural } from "../../lib/format.ts";
import { RetryInPhases } from "../start-operation/retry-in-phases.tsx";
import { startOperation } from "../start-operation/start.ts";
import { ActionButton } from "./action-button.tsx";
import { BarFrame } from "./bar-frame.tsx";
import type { JobAction } from "./job-action.ts";
import { allJobActions } from "./selection-bar.tsx";
import { useJobActions } from "./use-job-actions.ts";

/** How many match, as far as it was looked; the exact number comes before anything is done. */
export interface Matching {
  count: number;
  complete: boolean;
}

interface EverythingBarProps {
  queue: string;
  filter: SelectionFilter;
  matching: Matching;
  onClear: () => void;
  onDone: () => void;
}

/** What can be done with all that match, whether they are shown or not. */
export function EverythingBar({ queue, filter, matching, onClear, onDone }: EverythingBarProps) {
  const { offerAll } = useJobActions(queue);
  const run = async (action: JobAction) => {
    const begun = await startOperation({ kind: "bulk", queue, action, selection: { filter } });
    if (begun !== null) onDone();
  };
  const said = (
    <strong className="font-semibold">
      {matching.complete
        ? `All ${plural(matching.count, "job")} that match are selected`
        : `All that match are selected, ${formatCount(matching.count)} so far`}
    </strong>
  );
  return (
    <BarFrame said={said} onClear={onClear}>
      {filter.state === "failed" ? <RetryInPhases queue={queue} filter={filter} onDone={onDone} /> : null}
      {allJobActions.map(({ action, text }) => (
        <ActionButton
          key={action}
          action={action}
          text={action === "job.promote" ? `${text}…` : text}
          second={filter.state === "failed"}
          disabledReason={offerAll(action, filter.state)}
          onClick={() => void run(action)}
        />
      ))}
    </BarFrame>
  );
}
