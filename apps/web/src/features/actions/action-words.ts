import type { AuditRecord } from "@spillway/contract/schemas";
import { formatCount, shortId } from "../../lib/format.ts";

/** What a record says was done, as the middle of a sentence: `ana` *paused* `billing`. */
const verbs: Record<string, string> = {
  "queue.pause": "paused",
  "queue.resume": "resumed",
  "queue.drain": "deleted waiting jobs of",
  "queue.clean": "deleted old jobs of",
  "queue.export": "exported jobs of",
  "job.retry": "retried a job of",
  "job.cancel": "cancelled a job of",
  "job.remove": "removed a job of",
  "job.promote": "ran a delayed job now of",
  "job.reveal": "saw the redacted values of a job of",
  "schedule.pause": "paused a schedule of",
  "schedule.resume": "resumed a schedule of",
  "schedule.run": "ran a schedule now of",
  "schedule.remove": "removed a schedule of",
  "operation.pause": "paused an operation on",
  "operation.resume": "let an operation go on, on",
  "operation.cancel": "stopped an operation on",
  "operation.advance": "began the next phase on",
  "operation.undo": "put deleted jobs back into",
  "operation.purge": "deleted held jobs for good of",
  "trouble.ack": "is on trouble of",
  "audit.export": "exported the audit",
  "marker.create": "marked",
  "scenario.set": "rehearsed",
  "session.name": "gave a name",
  "session.login": "logged in",
  "session.logout": "logged out",
  "session.ended": "ended a login",
  "console.opened": "let anyone on the network in",
  "request.refused": "sent a request from elsewhere",
};

export const actionVerb = (action: string): string => verbs[action] ?? action;

/** What the console only saw happen, as a sentence; null of what was done through it. */
export const observedWords = ({ source, details }: Pick<AuditRecord, "source" | "details">): string | null =>
  source === "observed" && typeof details.observed === "string" ? details.observed : null;

type Told = Pick<
  AuditRecord,
  "actor" | "action" | "queue" | "job_id" | "operation_id" | "requested" | "source" | "details" | "incident"
>;

/**
 * `ana removed job 81f of billing`, `ana retried 2,310 jobs of billing`, `ana ended INC-7`; of what nobody did here, what
 * was seen.
 */
export const recordWords = (record: Told): string => observedWords(record) ?? doneWords(record);

function doneWords(record: Told): string {
  const { actor, action, queue } = record;
  if (action === "marker.create") return `${actor.name} ${markVerb(record)}`;
  return [actor.name, jobsVerb(record), queue].filter((part) => part !== null).join(" ");
}

/** The verb, and of one job which, of an operation over many how many. */
function jobsVerb({ action, job_id, operation_id, requested }: Told): string {
  const many = operation_id !== null && requested !== null && action.startsWith("job.");
  if (many) return manyVerb(action, requested);
  return actionVerb(action).replace(oneJob, (one, delayed = "") =>
    job_id === null ? one : `${delayed}job ${shortId(job_id, 14)}`,
  );
}

const oneJob = /\ba (delayed )?job\b/;

/** `retried 10 jobs of` */
export const manyVerb = (action: string, count: number): string =>
  actionVerb(action).replace(oneJob, (_, delayed = "") => `${formatCount(count)} ${delayed}jobs`);

/** What was marked: an incident that has an end was ended by it. */
function markVerb({ details: { kind, until }, incident }: Told): string {
  if (kind === "note") return "added a note";
  if (kind !== "incident") return `marked a ${kind === "deploy" ? kind : "moment"}`;
  return `${typeof until === "string" ? "ended" : "told of"} ${incident ?? "an incident"}`;
}
