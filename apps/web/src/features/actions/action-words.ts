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

/** What the console only saw happen, as a sentence; null of what was done through it. */
export const observedWords = ({ source, details }: Pick<AuditRecord, "source" | "details">): string | null =>
  source === "observed" && typeof details.observed === "string" ? details.observed : null;

type Told = Pick<AuditRecord, "actor" | "action" | "queue" | "source" | "details">;

/** `ana removed a job of billing`; of what nobody did here, what was seen. */
export const recordWords = (record: Told): string =>
  observedWords(record) ??
  [record.actor.name, actionVerb(record.action), record.queue].filter((part) => part !== null).join(" ");
