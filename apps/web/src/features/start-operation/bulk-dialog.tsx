import type { Operation, SelectionFilter, SelectionInput } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queueQuery } from "../../api/queries.ts";
import { plural } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import type { Answer } from "../confirm/confirm.ts";
import { needsName } from "../confirm/typed-name.tsx";
import { type JobAction, jobActions } from "../job-actions/job-action.ts";
import { TaskNotes } from "../job-actions/task-notes.tsx";
import { reason, useCan } from "../session/use-session.ts";
import { atOnce, beginningBody } from "./begin-field.tsx";
import { actWords, BulkEffect, bulkTitle } from "./bulk-words.tsx";
import { Matched } from "./matched.tsx";
import { PaceFields } from "./pace-fields.tsx";
import { rateOf } from "./rate-field.tsx";
import { whyNotReady } from "./selection-ready.ts";
import { startOperation } from "./start.ts";
import { StartFrame } from "./start-frame.tsx";
import { usePreview } from "./use-preview.ts";
import { useStart } from "./use-start.ts";

interface BulkDialogProps {
  queue: string;
  action: JobAction;
  selection: SelectionInput;
  onCancel: () => void;
  onBegun: (operation: Operation) => void;
}

/** Acts on many jobs at once, exactly those that were counted. */
export function BulkDialog({ queue, action, selection: wanted, onCancel, onBegun }: BulkDialogProps) {
  const can = useCan();
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const preview = usePreview(queue, action, wanted);
  const { begin, ...starting } = useStart("bulkJobs", queue);
  const [rate, setRate] = useState("");
  const [reset, setReset] = useState(false);
  const [beginning, setBeginning] = useState(atOnce);
  const { selection } = preview;
  const count = selection?.complete ? selection.matched : 0;
  const destroys = action === "job.cancel" || action === "job.remove";
  const perSecond = rateOf(rate);
  const start = async (answer: Answer) => {
    if (selection === undefined || perSecond === undefined) return;
    const begun = await begin({
      ...answer,
      action,
      selection: { token: selection.selection_token },
      ...(perSecond === null ? {} : { rate_per_s: perSecond }),
      ...(reset ? { reset_attempts: true } : {}),
      ...beginningBody(beginning),
    });
    if (begun !== null) onBegun(begun);
  };
  return (
    <StartFrame
      {...starting}
      title={bulkTitle(action, queue)}
      action={action}
      act={count === 0 ? bulkTitle(action, queue) : actWords(action, count)}
      danger={destroys}
      off={reason(can(action, summary)) ?? whyNotReady(preview)}
      valid={perSecond !== undefined}
      typeName={destroys && needsName(count) ? { name: queue, why: whyTyped(action, count) } : null}
      effect={<BulkEffect action={action} canUndo={selection?.can_undo ?? null} />}
      onSubmit={(answer) => void start(answer)}
      onCancel={onCancel}
    >
      {(tried) => (
        <>
          <Matched wanted={wanted} preview={preview} />
          {action === "job.retry" && "filter" in wanted && count > few ? (
            <Carefully queue={queue} filter={wanted.filter} />
          ) : null}
          {action === "job.retry" ? (
            <TaskNotes tasks={selection?.groups.map(({ task }) => task) ?? []} />
          ) : null}
          <PaceFields
            rate={rate}
            onRate={setRate}
            tried={tried}
            {...(action === "job.retry" && {
              reset,
              onReset: setReset,
              beginning,
              onBeginning: setBeginning,
            })}
          />
        </>
      )}
    </StartFrame>
  );
}

const whyTyped = (action: JobAction, count: number): string =>
  `Asked because ${plural(count, "job")} would be ${jobActions[action].passive}.`;

/** From so many on, a few should go first. */
const few = 20;

function Carefully({ queue, filter }: { queue: string; filter: SelectionFilter }) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      Not sure that they will do well? Ten can go first, and the rest only if those ten complete.
      <Button size="small" onClick={() => void startOperation({ kind: "redrive", queue, filter })}>
        Retry in phases instead…
      </Button>
    </p>
  );
}
