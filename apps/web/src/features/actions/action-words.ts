import type { AuditRecord } from "@spillway/contract/schemas";

/** What a record says was done, as the middle of a sentence: `ana` *paused* `billing`. */
const verbs: Record<string, string> = {
  "queue.pause": "paused",
  "queue.resume": "resumed",
  "queue.drain": "deleted waiting jobs of",
  "queue.clean": "deleted old jobs of",
  "job.retry": "retried a job of",
  "job.cancel": "cancelled a job of",
  "job.remove": "removed a job of",
  "job.promote": "ran a delayed job now of",
  "schedule.pause": "paused a schedule of",
  "schedule.resume": "resumed a schedule of",
  "schedule.run": "ran a schedule now of",
  "schedule.remove": "removed a schedule of",
  "trouble.ack": "is on trouble of",
  "marker.create": "marked",
  "scenario.set": "rehearsed",
  "session.name": "gave a name",
};

export const actionVerb = (action: string): string => verbs[action] ?? action;

/** `ana removed a job of billing` */
export const recordWords = ({
  actor,
  action,
  queue,
}: Pick<AuditRecord, "actor" | "action" | "queue">): string =>
  [actor.name, actionVerb(action), queue].filter((part) => part !== null).join(" ");
