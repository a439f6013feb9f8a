import type { Selection } from "@spillway/contract/schemas";
import { plural } from "../../lib/format.ts";
import { type JobAction, jobActions } from "../job-actions/job-action.ts";

/** On the button: exactly what it does. */
export function actWords(action: JobAction, count: number): string {
  const jobs = plural(count, "job");
  return action === "job.promote" ? `Run ${jobs} now` : `${jobActions[action].verb} ${jobs}`;
}

/** Until it is known how many. */
export const bulkTitle = (action: JobAction, queue: string): string =>
  action === "job.promote" ? `Run jobs of ${queue} now` : `${jobActions[action].verb} jobs of ${queue}`;

interface BulkEffectProps {
  action: JobAction;
  canUndo: Selection["can_undo"];
}

/** What happens to each of them, which are left alone, and how to go back. */
export function BulkEffect({ action, canUndo }: BulkEffectProps) {
  return (
    <>
      <p>{effects[action]}</p>
      <p className="text-dim">
        Only these jobs are touched. One that has moved on, runs or is gone by then is skipped, and says why.
      </p>
      <p className="text-dim">
        {action === "job.remove" ? <RemovalUndo canUndo={canUndo} /> : waysBack[action]}
      </p>
    </>
  );
}

const effects: Record<JobAction, string> = {
  "job.retry": "They go back to waiting, keep their ids and errors, and get one more run each.",
  "job.cancel":
    "They will not run; the workers that run some of them are asked to stop. They end failed with the error “Cancelled” and are not retried by themselves, but who retries all failed jobs retries them too.",
  "job.remove":
    "Their records are taken out of the queue, with payloads, errors and logs. Jobs they started stay.",
  "job.promote": "They stop being delayed and wait to run.",
};

const waysBack: Record<Exclude<JobAction, "job.remove">, string> = {
  "job.retry":
    "You can pause or stop it at any time: no more are put back then. What is put back by then still runs, unless you pause the queue or cancel what still waits.",
  "job.cancel":
    "You can stop it at any time. Cancelled jobs can be retried; work of running ones may stay half done.",
  "job.promote": "You can pause or stop it at any time. The delay is not put back.",
};

/** Whether what is removed is held for a while first. */
export function RemovalUndo({ canUndo }: { canUndo: Selection["can_undo"] }) {
  if (canUndo === true)
    return "They are held for 24 hours, then deleted for good. Until then you can put them back, on the operation's page.";
  return (
    <>
      {canUndo === null ? null : `${canUndo} `}
      <strong className="text-failed">This can't be undone.</strong>
    </>
  );
}
