import type { Gate, Operation, SelectionFilter } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queueQuery } from "../../api/queries.ts";
import { formatCount, plural } from "../../lib/format.ts";
import type { Answer } from "../confirm/confirm.ts";
import { TaskNotes } from "../job-actions/task-notes.tsx";
import { reason, useCan } from "../session/use-session.ts";
import { AdvanceField } from "./advance-field.tsx";
import { atOnce, BeginField, beginningBody } from "./begin-field.tsx";
import { Matched } from "./matched.tsx";
import { PlanSection } from "./plan-section.tsx";
import { whyNotReady } from "./selection-ready.ts";
import { StartFrame } from "./start-frame.tsx";
import { usePlan } from "./use-plan.ts";
import { usePreview } from "./use-preview.ts";
import { useStart } from "./use-start.ts";

interface RedriveDialogProps {
  queue: string;
  filter: SelectionFilter;
  onCancel: () => void;
  onBegun: (operation: Operation) => void;
}

/** Retries a few first and the rest only if they do well. The usual plan needs one press. */
export function RedriveDialog({ queue, filter, onCancel, onBegun }: RedriveDialogProps) {
  const can = useCan();
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const preview = usePreview(queue, "job.retry", { filter });
  const { selection } = preview;
  const matched = selection?.matched ?? 0;
  const used = usePlan(matched);
  const [beginning, setBeginning] = useState(atOnce);
  const { begin, ...starting } = useStart("redriveJobs", queue);
  const start = async (answer: Answer) => {
    if (selection === undefined || used.body === null) return;
    const token = selection.selection_token;
    const begun = await begin({ ...answer, ...used.body, ...beginningBody(beginning), selection: { token } });
    if (begun !== null) onBegun(begun);
  };
  return (
    <StartFrame
      {...starting}
      title={`Retry in phases: ${queue}`}
      action="job.retry"
      act={actWords(used.sizes, selection?.complete === true, used.draft.gate)}
      off={reason(can("job.retry", summary)) ?? whyNotReady(preview)}
      valid={used.body !== null}
      effect={
        <p className="text-dim">
          They keep their ids and errors, and get one more run each. You can pause or stop it at any time: no
          more are put back then. What is put back by then still runs, unless you pause {queue}.
        </p>
      }
      onSubmit={(answer) => void start(answer)}
      onCancel={onCancel}
    >
      {(tried) => (
        <>
          <Matched wanted={{ filter }} preview={preview} />
          <TaskNotes tasks={selection?.groups.map(({ task }) => task) ?? []} />
          <PlanSection used={used} matched={matched} tried={tried} />
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <AdvanceField value={used.draft.gate.advance} onChange={used.setAdvance} />
            <BeginField value={beginning} onChange={setBeginning} />
          </div>
        </>
      )}
    </StartFrame>
  );
}

/** Exactly what pressing does: the first phase, and whether the rest follows unasked. */
function actWords(sizes: readonly number[], counted: boolean, { advance }: Pick<Gate, "advance">): string {
  const [first = 0, ...rest] = sizes.filter((size) => size > 0);
  if (!counted || first === 0) return "Retry in phases";
  const others = rest.reduce((sum, one) => sum + one, 0);
  if (others === 0) return `Retry ${plural(first, "job")}`;
  return advance === "auto"
    ? `Retry ${formatCount(first)}, then ${formatCount(others)} by themselves`
    : `Retry ${formatCount(first)} of ${plural(first + others, "job")} first`;
}
