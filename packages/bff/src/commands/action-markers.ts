import type { Clock } from "@spillway/engine";
import type { Intent } from "../audit/index.ts";
import type { MarkerStore } from "../seams.ts";

/** A person retrying row after row makes one mark on the chart, not a hundred. Ms. */
const ONE_MARK_MS = 60_000;

const TITLES: Record<string, string> = {
  "queue.pause": "Paused",
  "queue.resume": "Resumed",
  "queue.drain": "Deleted all waiting jobs",
  "queue.clean": "Deleted old jobs",
  "job.retry": "Retried jobs",
  "job.cancel": "Cancelled jobs",
  "job.remove": "Removed jobs",
  "job.promote": "Promoted jobs",
  "schedule.pause": "Paused a schedule",
  "schedule.resume": "Resumed a schedule",
  "schedule.run": "Ran a schedule",
  "schedule.remove": "Removed a schedule",
  "operation.undo": "Put deleted jobs back",
};

/** Marks on the time axis what people did to queues, so that a bend in a curve is not a riddle. */
export function createActionMarkers(clock: Clock, markers: MarkerStore) {
  const last = new Map<string, number>();
  return (intent: Intent, auditId: string): void => {
    const title = TITLES[intent.action];
    if (title === undefined || intent.queue === null) return;
    const now = clock.now();
    const key = JSON.stringify([intent.action, intent.queue, intent.actor.id]);
    for (const [old, at] of last) if (now - at >= ONE_MARK_MS) last.delete(old);
    if (intent.job_id !== null && last.has(key)) return;
    last.set(key, now);
    markers.add({
      at: new Date(now).toISOString(),
      kind: "action",
      title,
      queue: intent.queue,
      actor: intent.actor.name,
      audit_id: auditId,
    });
  };
}
