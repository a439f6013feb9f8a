import type { Operation } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queueQuery } from "../../api/queries.ts";
import { formatCount, plural } from "../../lib/format.ts";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import type { Answer } from "../confirm/confirm.ts";
import { needsName } from "../confirm/typed-name.tsx";
import { reason, useCan, useSession } from "../session/use-session.ts";
import { RemovalUndo } from "./bulk-words.tsx";
import { StartFrame } from "./start-frame.tsx";
import { useStart } from "./use-start.ts";

interface DrainDialogProps {
  queue: string;
  onCancel: () => void;
  onBegun: (operation: Operation) => void;
}

/** Deletes what waits, all at once. The counts come first and follow the queue while the dialog is open. */
export function DrainDialog({ queue, onCancel, onBegun }: DrainDialogProps) {
  const can = useCan();
  const session = useSession();
  const { data: summary } = useQuery(queueQuery(queue));
  const { begin, ...starting } = useStart("drainQueue", queue);
  const [delayed, setDelayed] = useState(false);
  const counts = summary?.counts;
  const count = counts === undefined ? 0 : counts.waiting + (delayed ? counts.delayed : 0);
  const jobs = plural(count, delayed ? "waiting and delayed job" : "waiting job");
  const canHold = summary?.capabilities.hold ?? session.engine.capabilities.hold ?? null;
  const start = async (answer: Answer) => {
    const begun = await begin({ ...answer, include_delayed: delayed });
    if (begun !== null) onBegun(begun);
  };
  const empty = counts === undefined ? "The jobs are being counted." : count === 0 ? "No job waits." : null;
  return (
    <StartFrame
      {...starting}
      title={`Delete all waiting jobs of ${queue}`}
      action="queue.drain"
      act={count === 0 ? "Delete waiting jobs" : `Delete ${jobs}`}
      danger
      off={reason(can("queue.drain", summary)) ?? empty}
      valid
      typeName={
        needsName(count)
          ? { name: queue, why: `Asked because ${jobs} would be taken out of the queue.` }
          : null
      }
      effect={
        <>
          <p>
            They are taken out of the queue at once, and so are jobs that come in before you press. Active
            jobs finish; next runs of schedules stay.
          </p>
          <p className="text-dim">
            <RemovalUndo canUndo={canHold} />
          </p>
        </>
      }
      onSubmit={(answer) => void start(answer)}
      onCancel={onCancel}
    >
      {() =>
        counts === undefined ? (
          <Skeleton className="h-14 w-full" />
        ) : (
          <div className="flex flex-col gap-2">
            <p role="status" className="text-lg font-semibold">
              {jobs} <span className="font-normal text-dim">now</span>
            </p>
            <Checkbox
              visibleLabel
              label={`Also the ${formatCount(counts.delayed)} delayed`}
              checked={delayed}
              onChange={({ checked }) => setDelayed(checked)}
            />
          </div>
        )
      }
    </StartFrame>
  );
}
