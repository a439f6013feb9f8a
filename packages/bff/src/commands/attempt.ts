import type { AuditRecord } from "@spillway/contract/schemas";
import { type Action, actions } from "@spillway/contract/table";
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
  /** Equal for requests that ask for the same. */
  fingerprint: string;
}

/** What goes on record before the effect. */
export function intentOf(attempt: Attempt, command: Described): Intent {
  const { id, name, verified, roles, auth } = attempt.actor;
  return {
    action: attempt.action,
    source: command.source ?? attempt.source,
    queue: command.queue,
    job_id: command.jobId,
    operation_id: command.operationId ?? null,
    actor: { id, name, verified, roles: [...roles], auth, session: null, ip: attempt.ip },
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
