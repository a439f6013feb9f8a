import type { JobSummary } from "@spillway/contract/schemas";
import { EverythingBar, type Matching } from "../../features/job-actions/everything-bar.tsx";
import { allJobActions, SelectionBar } from "../../features/job-actions/selection-bar.tsx";
import { selectionFilterOf } from "../../features/job-filter/job-filter.ts";
import type { Selected } from "../../features/selection/use-selection.ts";
import { formatCount } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import type { JobsSearch } from "./jobs-search.ts";
import type { JobListState } from "./use-job-list.ts";

/** How many jobs the list stands for, shown or not; null before the first answer. */
export function matchingOf({ page, scanning }: JobListState): Matching | null {
  if (page !== null) return { count: page.total, complete: true };
  const scan = scanning?.scan;
  return scan === undefined ? null : { count: scan.matches, complete: scan.complete };
}

interface SelectedBarProps {
  queue: string;
  search: JobsSearch;
  list: JobListState;
  selected: Selected<JobSummary>;
}

/** What is picked; and once all rows in sight are, the step to all that match. */
export function SelectedBar({ queue, search, list, selected }: SelectedBarProps) {
  const { state } = search;
  const matching = matchingOf(list);
  if (selected.everything && state !== null && matching !== null) {
    return (
      <EverythingBar
        queue={queue}
        filter={selectionFilterOf(state, search)}
        matching={matching}
        onClear={selected.clear}
        onDone={selected.clear}
      />
    );
  }
  const hidden = matching !== null && (matching.count > list.jobs.length || !matching.complete);
  return (
    <SelectionBar
      queue={queue}
      selected={selected.rows}
      elsewhere={selected.elsewhere}
      actions={allJobActions}
      onClear={selected.clear}
      onDone={selected.clear}
      more={
        selected.table.all === true && hidden ? (
          <SelectAll matching={matching} anyState={state === null} onPick={selected.chooseEverything} />
        ) : null
      }
    />
  );
}

function SelectAll(props: { matching: Matching; anyState: boolean; onPick: () => void }) {
  const { matching, anyState, onPick } = props;
  return (
    <Button
      size="small"
      tone="quiet"
      className={anyState ? "ml-2" : "ml-2 text-accent!"}
      disabledReason={anyState ? "Pick a state first: what can be done depends on it." : null}
      onClick={onPick}
    >
      {matching.complete ? `Select all ${formatCount(matching.count)} that match` : "Select all that match"}
    </Button>
  );
}
