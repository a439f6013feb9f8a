import { X } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount, plural } from "../../lib/format.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { type ActionableJob, type JobAction, jobActions } from "./job-action.ts";
import { useJobActions } from "./use-job-actions.ts";

interface SelectionBarProps {
  queue: string;
  selected: readonly ActionableJob[];
  /** How many of them are not among the rows shown. */
  elsewhere?: number;
  actions: readonly { action: JobAction; text: string }[];
  onClear: () => void;
  /** Called once all selected jobs have been tried. */
  onDone: () => void;
  children?: ReactNode;
}

/** What can be done with the rows picked; stays in sight under them. */
export function SelectionBar(props: SelectionBarProps) {
  const { queue, selected, elsewhere = 0, actions, onClear, onDone, children } = props;
  const { offer, act } = useJobActions(queue);
  if (selected.length === 0) return null;
  const offers = actions.map((one) => ({ ...one, ...offer(one.action, selected) }));
  const notes = offers.flatMap(({ note, off }) => (note === null || off !== null ? [] : [note]));
  return (
    <section
      aria-label="Selected jobs"
      className="sticky bottom-4 z-10 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong bg-panel py-2 pr-2 pl-4 shadow-float max-sm:bottom-16"
    >
      <p className="text-sm" aria-live="polite">
        <strong className="font-semibold">{formatCount(selected.length)} selected</strong>
        {elsewhere === 0 ? null : (
          <span className="text-dim"> · {plural(elsewhere, "row")} not shown here</span>
        )}
        {notes.length === 0 ? null : <span className="text-xs text-dim"> · {notes.join(", ")}</span>}
      </p>
      <div className="flex flex-wrap items-center gap-1.5">
        {offers.map(({ action, text, jobs, off }) => (
          <Button
            key={action}
            size="small"
            tone={action === "job.retry" ? "primary" : "default"}
            className={
              off === null && (action === "job.cancel" || action === "job.remove") ? "text-failed!" : ""
            }
            disabledReason={off}
            aria-label={text}
            onClick={async () => {
              if ((await act(action, jobs, "always")) !== null) onDone();
            }}
          >
            {text}
          </Button>
        ))}
        {children}
        <IconButton label="Clear the selection" size="small" onClick={onClear}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
    </section>
  );
}

export const allJobActions = (Object.keys(jobActions) as JobAction[]).map((action) => ({
  action,
  text: action === "job.promote" ? jobActions[action].verb : `${jobActions[action].verb}…`,
}));
