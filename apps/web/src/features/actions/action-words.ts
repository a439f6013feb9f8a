import type { AuditRecord } from "@spillway/contract/schemas";
import { formatCount, shortId } from "../../lib/format.ts";

/** What was done, as the middle of a sentence: `ana` *paused* `billing`; and what was to be: she tried to *pause* it. */
type Verb = readonly [done: string, to: string];

const verbs: Record<string, Verb> = {
  "queue.pause": ["paused", "pause"],
  "queue.resume": ["resumed", "resume"],
  "queue.drain": ["deleted waiting jobs of", "delete waiting jobs of"],
  "queue.clean": ["deleted old jobs of", "delete old jobs of"],
  "queue.export": ["exported jobs of", "export jobs of"],
  "job.retry": ["retried a job of", "retry a job of"],
  "job.cancel": ["cancelled a job of", "cancel a job of"],
  "job.remove": ["removed a job of", "remove a job of"],
  "job.promote": ["ran a delayed job now of", "run a delayed job now of"],
  "job.reveal": ["saw the redacted values of a job of", "see the redacted values of a job of"],
  "schedule.pause": ["paused a schedule of", "pause a schedule of"],
  "schedule.resume": ["resumed a schedule of", "resume a schedule of"],
  "schedule.run": ["ran a schedule now of", "run a schedule now of"],
  "schedule.remove": ["removed a schedule of", "remove a schedule of"],
  "operation.pause": ["paused an operation on", "pause an operation on"],
  "operation.resume": ["let an operation go on, on", "let an operation go on, on"],
  "operation.cancel": ["stopped an operation on", "stop an operation on"],
  "operation.advance": ["began the next phase on", "begin the next phase on"],
  "operation.undo": ["put deleted jobs back into", "put deleted jobs back into"],
  "operation.purge": ["deleted held jobs for good of", "delete held jobs for good of"],
  "trouble.ack": ["is on trouble of", "take on trouble of"],
  "audit.export": ["exported the audit", "export the audit"],
  "metrics.export": ["exported the metrics of", "export the metrics of"],
  "marker.create": ["marked", "mark"],
  "marker.withdraw": ["withdrew a note", "withdraw a note"],
  "session.name": ["gave a name", "give a name"],
  "session.login": ["logged in", "log in"],
  "session.logout": ["logged out", "log out"],
  "session.ended": ["ended a login", "end a login"],
  "console.opened": ["let anyone on the network in", "let anyone on the network in"],
  "request.refused": ["sent a request from elsewhere", "send a request from elsewhere"],
};

/** What is not done yet, was refused or is not known was at most begun or tried. */
function inWords([done, to]: Verb, status: AuditRecord["status"]): string {
  if (status === "success") return done;
  return `${status === "pending" ? "began" : "tried"} to ${to}`;
}

const actionVerb = ({ action, status }: Pick<AuditRecord, "action" | "status">): string => {
  const verb = verbs[action];
  return verb === undefined ? action : inWords(verb, status);
};

/** How a record is marked: what the console only saw is no success of anybody. */
export const recordMark = ({ source, status }: Pick<AuditRecord, "source" | "status">) =>
  source === "observed" ? "noticed" : status;

/** Who did it; the console saw only that it was done. */
export const whoWords = ({ source, actor }: Pick<AuditRecord, "source" | "actor">): string =>
  source === "observed" ? "unknown, outside of this console" : actor.name;

/** What the console only saw happen, as a sentence; null of what was done through it. */
export const observedWords = ({ source, details }: Pick<AuditRecord, "source" | "details">): string | null =>
  source === "observed" && typeof details.observed === "string" ? details.observed : null;

type Told = Pick<
  AuditRecord,
  | "actor"
  | "action"
  | "status"
  | "queue"
  | "job_id"
  | "operation_id"
  | "requested"
  | "source"
  | "details"
  | "incident"
>;

/**
 * `ana removed job 81f of billing`, `ana retried 2,310 jobs of billing`, `ana ended INC-7`; of what nobody did here, what
 * was seen.
 */
export const recordWords = (record: Told): string => observedWords(record) ?? doneWords(record);

function doneWords(record: Told): string {
  const { actor, action, queue } = record;
  if (action === "marker.create") return `${actor.name} ${markVerb(record)}`;
  if (action === "scenario.set") return `${actor.name} ${rehearsalVerb(record)}`;
  const verb = jobsVerb(record);
  // Of no single queue.
  return queue === null ? `${actor.name} ${verb.replace(ofQueue, "")}` : `${actor.name} ${verb} ${queue}`;
}

const ofQueue = /,? (?:of|on|into)$/;

/** The verb, and of one job which, of an operation over many how many. */
function jobsVerb(record: Told): string {
  const { action, job_id, operation_id, requested } = record;
  const many = operation_id !== null && requested !== null && action.startsWith("job.");
  if (many) return manyVerb(record, requested);
  return actionVerb(record).replace(oneJob, (one, delayed = "") =>
    job_id === null ? one : `${delayed}job ${shortId(job_id, 14)}`,
  );
}

const oneJob = /\ba (delayed )?job\b/;

/** `retried 10 jobs of` */
export const manyVerb = (record: Pick<AuditRecord, "action" | "status">, count: number): string =>
  actionVerb(record).replace(oneJob, (_, delayed = "") => `${formatCount(count)} ${delayed}jobs`);

/** What was marked: an incident that has an end was ended by it. */
function markVerb({ details: { kind, until }, incident, status }: Told): string {
  return inWords(markVerbs(kind, typeof until === "string", incident ?? "an incident"), status);
}

/** Which incident was rehearsed, or that its cause was mended. */
function rehearsalVerb({ details: { to, fixed }, status }: Told): string {
  const name = typeof to === "string" ? ` ${to}` : "";
  return inWords(
    fixed === true
      ? [`fixed the cause of the rehearsal${name}`, `fix the cause of the rehearsal${name}`]
      : [`began the rehearsal${name}`, `begin the rehearsal${name}`],
    status,
  );
}

function markVerbs(kind: unknown, hasEnd: boolean, incident: string): Verb {
  if (kind === "note") return ["added a note", "add a note"];
  if (kind === "deploy") return ["marked a deploy", "mark a deploy"];
  if (kind !== "incident") return ["marked a moment", "mark a moment"];
  return hasEnd ? [`ended ${incident}`, `end ${incident}`] : [`told of ${incident}`, `tell of ${incident}`];
}
