import type { ReactNode } from "react";
import { formatCount, plural } from "../../lib/format.ts";
import { startOperation } from "../start-operation/start.ts";
import { ActionButton } from "./action-button.tsx";
import { BarFrame } from "./bar-frame.tsx";
import { type ActionableJob, type JobAction, jobActions } from "./job-action.ts";
import { useJobActions } from "./use-job-actions.ts";

interface SelectionBarProps {
  queue: string;
  selected: readonly ActionableJob[];
  /** How many of them are not among the rows shown. */
  elsewhere?: number;
  actions: readonly { action: JobAction; text: string }[];
  onClear: () => void;
  /** Called once all selected jobs have been tried or an operation has begun. */
  onDone: () => void;
  /** Beside the count: the way to select more. */
  more?: ReactNode;
}

/** Up to so many are done one by one, each told at once; more are an operation that can be watched and stopped. */
const fewOneByOne = 20;
/** As many as one request may name. */
const mostNamed = 1000;

/** What can be done with the rows picked; stays in sight under them. */
export function SelectionBar(props: SelectionBarProps) {
  const { queue, selected, elsewhere = 0, actions, onClear, onDone, more } = props;
  const { offer, act } = useJobActions(queue);
  if (selected.length === 0) return null;
  const offers = actions.map((one) => ({ ...one, ...offer(one.action, selected) }));
  const notes = offers.flatMap(({ note, off }) => (note === null || off !== null ? [] : [note]));
  const run = async (action: JobAction, jobs: readonly ActionableJob[]) => {
    const done =
      jobs.length <= fewOneByOne
        ? await act(action, jobs, "always")
        : await startOperation({ kind: "bulk", queue, action, selection: { ids: jobs.map(named) } });
    if (done !== null) onDone();
  };
  const said = (
    <>
      <strong className="font-semibold">{formatCount(selected.length)} selected</strong>
      {elsewhere === 0 ? null : (
        <span className="text-dim"> · {plural(elsewhere, "row")} not shown here</span>
      )}
      {notes.length === 0 ? null : <span className="text-xs text-dim"> · {notes.join(", ")}</span>}
      {more}
    </>
  );
  return (
    <BarFrame said={said} onClear={onClear}>
      {offers.map(({ action, text, jobs, off }) => (
        <ActionButton
          key={action}
          action={action}
          text={text}
          disabledReason={off ?? (jobs.length > mostNamed ? tooMany : null)}
          onClick={() => void run(action, jobs)}
        />
      ))}
    </BarFrame>
  );
}

const tooMany = `At most ${formatCount(mostNamed)} jobs can be picked by hand; select all that match instead.`;

const named = ({ id, version }: ActionableJob) => ({ id, version });

export const allJobActions = (Object.keys(jobActions) as JobAction[]).map((action) => ({
  action,
  text: action === "job.promote" ? jobActions[action].verb : `${jobActions[action].verb}…`,
}));
