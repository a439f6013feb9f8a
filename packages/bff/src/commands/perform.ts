import { LOOKS } from "@spillway/contract/table";
import type { Clock } from "@spillway/engine";
import type { AuditStore, Intent } from "../audit/index.ts";
import type { Logger } from "../deps.ts";
import { ProblemError, problemBody, toProblemError } from "../http/problem.ts";
import type { FateBook } from "../seams.ts";
import type { Effect, Notes, ShortCommand } from "./command.ts";
import { withinDeadline } from "./deadline.ts";
import type { StoredReply } from "./idempotency.ts";
import { auditUnavailable } from "./licence.ts";
import { refused, succeeded, unknown } from "./outcomes.ts";
import type { Resolver } from "./read-back.ts";

export interface PerformDeps {
  clock: Clock;
  log: Logger;
  audit: AuditStore;
  fates: FateBook;
  resolver: Resolver;
  acted: (intent: Intent, auditId: string) => void;
}

/** Does a short command, from the intent to the reply. Never throws. */
export async function perform<R>(
  deps: PerformDeps,
  intent: Intent,
  command: ShortCommand<R>,
): Promise<StoredReply> {
  const { audit, acted } = deps;
  const { id, saved } = audit.begin(intent);
  const fail = (problem: ProblemError): StoredReply => failure(problem, intent, id);
  try {
    await saved;
  } catch {
    if (!command.evenUnrecorded) {
      const problem = auditUnavailable(audit);
      void audit.complete(id, "outcome", refused(problem));
      return fail(problem);
    }
  }
  if (command.queue !== null && command.jobId !== null) deps.fates.follow(command.queue, command.jobId);
  const notes: Notes = {};
  const acting = command.act(notes, id);
  try {
    const effect = await withinDeadline(deps.clock, acting);
    await audit.complete(id, "outcome", succeeded(effect, notes));
    acted(intent, id);
    return replyOf(id, effect);
  } catch (error) {
    const problem = foreseen(deps.log, error, intent);
    if (problem.code !== "outcome_unknown" && problem.code !== "internal") {
      await audit.complete(id, "outcome", refused(problem, notes));
      return fail(withCurrent(deps, problem, intent, id));
    }
    await audit.complete(id, "outcome", unknown(problem, notes));
    const effect = await deps.resolver.resolve({ auditId: id, command, notes, acting });
    acted(intent, id);
    return effect ? replyOf(id, effect) : fail(problem);
  }
}

/** What was thrown, as a problem for the caller; what nobody foresaw is logged. */
export function foreseen(log: Logger, error: unknown, intent: Intent): ProblemError {
  const problem = toProblemError(error);
  if (problem) return problem;
  const { action, request_id: requestId } = intent;
  log.error("A write failed in a way nobody foresaw.", { error, action, requestId });
  return new ProblemError("internal", "Something went wrong here, and it is not known what was done.");
}

export function failure(problem: ProblemError, intent: Intent, auditId: string): StoredReply {
  return problemBody(problem.with({ audit_id: auditId }), intent.request_id ?? "");
}

/** Tells with a conflict who made it so, and with a job that is gone what last became of it. */
function withCurrent(
  { audit, fates }: PerformDeps,
  problem: ProblemError,
  { queue, job_id: jobId }: Intent,
  auditId: string,
): ProblemError {
  if (queue === null || jobId === null) return problem;
  const { current } = problem.extras;
  if (current) return problem.with({ current: { ...current, by: lastActor(audit, queue, jobId, auditId) } });
  const lastKnown = problem.code === "not_found" ? fates.lastKnown(queue, jobId) : null;
  return lastKnown ? problem.with({ last_known: lastKnown }) : problem;
}

function lastActor(audit: AuditStore, queue: string, jobId: string, except: string): string | null {
  const record = audit
    .newestFirst()
    .find(
      (one) =>
        one.job_id === jobId &&
        one.queue === queue &&
        one.status === "success" &&
        one.id !== except &&
        !LOOKS.includes(one.action),
    );
  return record?.actor.name ?? null;
}

function replyOf(auditId: string, { reply, headers = {} }: Effect<unknown>): StoredReply {
  return { status: 200, body: { audit_id: auditId, status: "success", ...Object(reply) }, headers };
}
