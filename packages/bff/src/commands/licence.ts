import { type Action, actions } from "@spillway/contract/table";
import { type AuditStore, type Intent, type Outcome, problemsOf } from "../audit/index.ts";
import type { Policy } from "../auth/index.ts";
import { ProblemError } from "../http/problem.ts";
import type { ShortCommand } from "./command.ts";
import type { StoredReply } from "./idempotency.ts";
import { refused } from "./outcomes.ts";

/**
 * The leave to go on writing in the background for a record whose intent is saved. Work that goes on needs no other way
 * to write: what it does further is on record by the same person, for the same reason, before it happens.
 */
export interface Licence {
  /** The record's id. */
  readonly id: string;
  readonly intent: Intent;
  /** Says what came of it, once. A record that was closed as interrupted is resolved. */
  settle(outcome: Outcome): Promise<void>;
  /** A further record of the same kind. Rejects with `audit_unavailable`, and then nothing may be done. */
  next(more: Pick<Intent, "requested" | "details">): Promise<Licence>;
  /** Another write that follows from this one, on a record of its own; resolves to its status code. */
  also(action: Action, command: ShortCommand<object>): Promise<number>;
}

export interface LicenceDeps {
  audit: AuditStore;
  policy: Policy;
  /** Called when something was begun. */
  acted: (intent: Intent, auditId: string) => void;
  /** Called when something ended. */
  changed: () => void;
  perform: (intent: Intent, command: ShortCommand<object>) => Promise<StoredReply>;
}

/** Gives leave for a record that is saved already. */
export function licenceFor(deps: LicenceDeps, id: string, intent: Intent, isSettled = false): Licence {
  const { audit, changed } = deps;
  return {
    id,
    intent,
    async settle(outcome) {
      if (isSettled) return;
      isSettled = true;
      const isOpen = audit.get(id)?.status === "pending";
      await audit.complete(id, isOpen ? "outcome" : "resolution", outcome);
      changed();
    },
    next: (more) => newLicence(deps, { ...intent, ...more }),
    async also(action, command) {
      if (deps.policy.mayDo(intent.actor, action, command.queue) !== true) return 403;
      const { destructive } = actions[action];
      const { requested = 1, details = {} } = command;
      const also = { ...intent, action, destructive, requested, details, queue: command.queue };
      return (await deps.perform(also, command)).status;
    },
  };
}

/** Puts an intent on record and gives leave to act on it. Rejects with `audit_unavailable` if it could not be saved. */
export async function newLicence(deps: LicenceDeps, intent: Intent): Promise<Licence> {
  const { id, saved } = deps.audit.begin(intent);
  try {
    await saved;
  } catch {
    const problem = auditUnavailable(deps.audit);
    void deps.audit.complete(id, "outcome", refused(problem));
    throw problem.with({ audit_id: id });
  }
  deps.acted(intent, id);
  return licenceFor(deps, id, intent);
}

/** Nothing was done, and why: what is wrong with each sink. */
export function auditUnavailable(audit: AuditStore): ProblemError {
  const problems = problemsOf(audit.copies());
  return new ProblemError(
    "audit_unavailable",
    `Nothing was done: the audit could not be written (${problems}).`,
  );
}
