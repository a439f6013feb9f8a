import type { Clock } from "@spillway/engine";
import type { MarkerStore } from "../seams.ts";
import type { Attempt } from "./attempt.ts";
import type { Command } from "./command.ts";

/** A person retrying row after row makes one mark on the chart, not a hundred. Ms. */
const ONE_MARK_MS = 60_000;

const TITLES: Record<string, string> = {
  "queue.pause": "Paused",
  "queue.resume": "Resumed",
  "job.retry": "Retried jobs",
  "job.cancel": "Cancelled jobs",
  "job.remove": "Removed jobs",
  "job.promote": "Promoted jobs",
  "schedule.pause": "Paused a schedule",
  "schedule.resume": "Resumed a schedule",
  "schedule.run": "Ran a schedule",
  "schedule.remove": "Removed a schedule",
};

/** Marks on the time axis what people did to queues, so that a bend in a curve is not a riddle. */
export function createActionMarkers(clock: Clock, markers: MarkerStore) {
  const last = new Map<string, number>();
  return (attempt: Attempt, command: Command<unknown>, auditId: string): void => {
    const title = TITLES[attempt.action];
    if (title === undefined || command.queue === null) return;
    const now = clock.now();
    const key = JSON.stringify([attempt.action, command.queue, attempt.actor.id]);
    for (const [old, at] of last) if (now - at >= ONE_MARK_MS) last.delete(old);
    if (command.jobId !== null && last.has(key)) return;
    last.set(key, now);
    markers.add({
      at: new Date(now).toISOString(),
      kind: "action",
      title,
      queue: command.queue,
      actor: attempt.actor.name,
      audit_id: auditId,
    });
  };
}
