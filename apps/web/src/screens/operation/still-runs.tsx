import type { Operation, QueueSummary } from "@spillway/contract/schemas";
import { stillRunWords } from "../../features/operations/operation-words.ts";
import { PauseButton } from "../../features/queues/pause-button.tsx";

interface StillRunsProps {
  operation: Operation;
  /** Undefined where nothing is known of it. */
  queue: QueueSummary | undefined;
}

/** Under a pause: it holds what is not put back yet; what is, only a paused queue holds. */
export function StillRuns({ operation, queue }: StillRunsProps) {
  const words = stillRunWords(operation);
  if (operation.state !== "paused" || queue === undefined || words === "") return null;
  if (queue.paused)
    return <p className="mt-1 text-sm">{queue.name} is paused too: what is put back already waits.</p>;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {words}; only a pause of {queue.name} holds {operation.phases.length === 0 ? "it" : "them"}.
      <PauseButton queue={queue} size="small" />
    </p>
  );
}
