import type { Intent } from "../audit/index.ts";
import type { Logger } from "../deps.ts";
import { type Attempt, intentOf } from "./attempt.ts";
import type { Described, LongCommand, Notes } from "./command.ts";
import type { StoredReply } from "./idempotency.ts";
import { auditUnavailable, type LicenceDeps, licenceFor } from "./licence.ts";
import { refused } from "./outcomes.ts";
import { failure, foreseen } from "./perform.ts";

export interface TakeOnDeps extends LicenceDeps {
  log: Logger;
}

/** Begins a long command: looks up what it comes to, records the intent, hands the work its licence. Never throws. */
export async function takeOn<R>(
  deps: TakeOnDeps,
  attempt: Attempt,
  command: LongCommand<R>,
): Promise<StoredReply> {
  let facts: Pick<Described, "requested" | "details"> = {};
  try {
    facts = (await command.prepare?.()) ?? {};
  } catch (error) {
    // What it would have come to is not known.
    return refuse(deps, intentOf(attempt, { ...command, requested: null }), error);
  }
  const details = { ...command.details, ...facts.details };
  const intent = intentOf(attempt, { ...command, ...facts, details });
  return begin(deps, intent, command);
}

async function begin<R>(deps: TakeOnDeps, intent: Intent, command: LongCommand<R>): Promise<StoredReply> {
  const { audit, acted } = deps;
  const { id, saved } = audit.begin(intent);
  try {
    await saved;
  } catch {
    const problem = auditUnavailable(audit);
    void audit.complete(id, "outcome", refused(problem));
    return failure(problem, intent, id);
  }
  const notes: Notes = {};
  try {
    const reply = await command.take(licenceFor(deps, id, intent), notes);
    acted(intent, id);
    return { status: 202, body: { audit_id: id, status: "pending", ...Object(reply) }, headers: {} };
  } catch (error) {
    const problem = foreseen(deps.log, error, intent);
    await audit.complete(id, "outcome", refused(problem, notes));
    return failure(problem, intent, id);
  }
}

async function refuse(deps: TakeOnDeps, intent: Intent, error: unknown): Promise<StoredReply> {
  const { id, saved } = deps.audit.begin(intent);
  const problem = foreseen(deps.log, error, intent);
  await Promise.allSettled([saved, deps.audit.complete(id, "outcome", refused(problem))]);
  return failure(problem, intent, id);
}
