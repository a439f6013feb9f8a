import type { AuditRecord } from "@spillway/contract/schemas";
import { type Action, actions, REFUSED_ACTION } from "@spillway/contract/table";
import type { Intent } from "../audit/index.ts";
import type { Actor } from "../auth/index.ts";
import type { Described } from "./command.ts";

/** One request to write, before anything is decided. */
export interface Attempt {
  action: Action;
  actor: Actor;
  source: Extract<AuditRecord["source"], "ui" | "api">;
  reason: string | null;
  incident: string | null;
  ip: string | null;
  requestId: string;
  /** The caller's key as sent, and apart for each actor. */
  key: { own: string; scoped: string } | null;
  /** Equal for requests that ask for the same; short however much they ask for, as it is kept for a day. */
  fingerprint: string;
}

/** A request that was refused before anybody looked what it says, by whoever it claims to be from. */
export interface Refused extends Pick<Attempt, "actor" | "source" | "ip" | "requestId"> {
  action: Action | typeof REFUSED_ACTION;
  queue: string | null;
  jobId: string | null;
  details: Record<string, unknown>;
}

/** What goes on record of it. */
export function refusedIntent({ action, queue, jobId, details, ...from }: Refused): Intent {
  return {
    action,
    source: from.source,
    queue,
    job_id: jobId,
    operation_id: null,
    actor: actorOf(from),
    reason: null,
    incident: null,
    destructive: action !== REFUSED_ACTION && actions[action].destructive,
    expected: null,
    requested: null,
    details,
    idempotency_key: null,
    request_id: from.requestId,
  };
}

function actorOf({ actor: { id, name, verified, roles, auth, session }, ip }: Pick<Attempt, "actor" | "ip">) {
  return { id, name, verified, roles: [...roles], auth, session, ip };
}

/** What goes on record before the effect. */
export function intentOf(attempt: Attempt, command: Described): Intent {
  return {
    action: attempt.action,
    source: command.source ?? attempt.source,
    queue: command.queue,
    job_id: command.jobId,
    operation_id: command.operationId ?? null,
    actor: actorOf(attempt),
    reason: attempt.reason,
    incident: command.incident ?? attempt.incident,
    destructive: actions[attempt.action].destructive,
    expected: command.expected ?? null,
    requested: command.requested === undefined ? 1 : command.requested,
    details: command.details ?? {},
    idempotency_key: attempt.key?.own ?? null,
    request_id: attempt.requestId,
  };
}
