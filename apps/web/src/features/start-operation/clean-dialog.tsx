import type { Body, Operation } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queueQuery } from "../../api/queries.ts";
import { plural } from "../../lib/format.ts";
import { SelectField } from "../../ui/field.tsx";
import { stateWord } from "../../ui/state-badge.tsx";
import { serverNow } from "../../ui/use-now.ts";
import type { Answer } from "../confirm/confirm.ts";
import { needsName } from "../confirm/typed-name.tsx";
import { reason, useCan } from "../session/use-session.ts";
import { RemovalUndo } from "./bulk-words.tsx";
import { Matched } from "./matched.tsx";
import { whyNotReady } from "./selection-ready.ts";
import { StartFrame } from "./start-frame.tsx";
import { usePreview } from "./use-preview.ts";
import { useStart } from "./use-start.ts";

interface CleanDialogProps {
  queue: string;
  onCancel: () => void;
  onBegun: (operation: Operation) => void;
}

const states = ["completed", "failed", "delayed", "waiting"] as const;
const stateOptions = states.map((value) => ({ value, text: stateWord(value) }));
const hour = 3600;
const day = 24 * hour;
const ages = [
  { value: "0", text: "any age" },
  { value: `${hour}`, text: "1 hour" },
  { value: `${day}`, text: "1 day" },
  { value: `${7 * day}`, text: "7 days" },
  { value: `${30 * day}`, text: "30 days" },
  { value: `${90 * day}`, text: "90 days" },
];

/** What is asked for: jobs of a state, older than so many seconds by now. */
interface Wanted {
  state: Body<"cleanQueue">["state"];
  age: number;
  /** When it was picked, so that the same jobs are counted again, not later ones. */
  at: number;
}

/** Deletes what has long been in one state; counted first. */
export function CleanDialog({ queue, onCancel, onBegun }: CleanDialogProps) {
  const can = useCan();
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const [wanted, setWanted] = useState<Wanted>(() => ({ state: "completed", age: 7 * day, at: serverNow() }));
  const { state, age, at } = wanted;
  const to = new Date(at - age * 1000).toISOString();
  const selection = { filter: age === 0 ? { state } : { state, to } };
  const preview = usePreview(queue, "job.remove", selection);
  const { begin, ...starting } = useStart("cleanQueue", queue);
  const count = preview.selection?.complete ? preview.selection.matched : 0;
  const jobs = plural(count, `${stateWord(state)} job`);
  const start = async (answer: Answer) => {
    const begun = await begin({ ...answer, state, older_than_s: age });
    if (begun !== null) onBegun(begun);
  };
  return (
    <StartFrame
      {...starting}
      title={`Delete old jobs of ${queue}`}
      action="queue.clean"
      act={count === 0 ? "Delete old jobs" : `Delete ${jobs}`}
      danger
      off={reason(can("queue.clean", summary)) ?? whyNotReady(preview)}
      valid
      typeName={needsName(count) ? { name: queue, why: `Asked because ${jobs} would be deleted.` } : null}
      effect={
        <>
          <p>
            Their records are taken out of the queue, with payloads, errors and logs. Jobs they started stay.
          </p>
          <p className="text-dim">
            <RemovalUndo canUndo={preview.selection?.can_undo ?? null} />
          </p>
        </>
      }
      onSubmit={(answer) => void start(answer)}
      onCancel={onCancel}
    >
      {() => (
        <>
          <WantedFields wanted={wanted} onChange={setWanted} />
          <Matched wanted={selection} preview={preview} />
        </>
      )}
    </StartFrame>
  );
}

function WantedFields({ wanted, onChange }: { wanted: Wanted; onChange: (next: Wanted) => void }) {
  const { state, age } = wanted;
  const ended = state === "completed" || state === "failed";
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label="State"
        options={stateOptions}
        value={state}
        onPick={(picked) =>
          onChange({ ...wanted, state: states.find((one) => one === picked) ?? "completed" })
        }
      />
      <SelectField
        label="Older than"
        hint={ended ? "since it finished" : "since it was created"}
        options={ages}
        value={`${age}`}
        onPick={(picked) => onChange({ ...wanted, age: Number(picked), at: serverNow() })}
      />
    </div>
  );
}
