import type { Clock } from "@spillway/engine";
import type { AuditStore } from "../audit/index.ts";
import { mayDo } from "../auth/index.ts";
import type { Logger } from "../deps.ts";
import { invalid, ProblemError, problemBody, toProblemError } from "../http/problem.ts";
import type { FateBook } from "../seams.ts";
import { type Attempt, intentOf } from "./attempt.ts";
import type { Command, Effect, Notes } from "./command.ts";
import { withinDeadline } from "./deadline.ts";
import { IdempotencyKeys, type StoredReply } from "./idempotency.ts";
import { refused, succeeded, unknown } from "./outcomes.ts";
import { createResolver } from "./read-back.ts";

export interface DoorDeps {
  clock: Clock;
  log: Logger;
  audit: AuditStore;
  fates: FateBook;
  /** Actions that need a reason. */
  reasonRequired: readonly string[];
  /** Called when something changed or may have; must not throw. */
  changed: (attempt: Attempt, command: Command<unknown>, auditId: string) => void;
}

export interface Door extends Disposable {
  /** Replies with what the caller is to read, a problem included. Throws {@link ProblemError} if it was not let in. */
  run<R>(attempt: Attempt, command: Command<R>): Promise<StoredReply>;
}

/** The only door to writes: nothing takes effect that is not on record first, and nothing is on record without its end. */
export function createDoor(deps: DoorDeps): Door {
  const { clock, log, audit, fates } = deps;
  const keys = new IdempotencyKeys(clock);
  const resolver = createResolver(clock, audit);

  async function run<R>(attempt: Attempt, command: Command<R>): Promise<StoredReply> {
    if (!mayDo(attempt.actor.roles, attempt.action)) throw await deny(attempt, command);
    if (attempt.reason === null && deps.reasonRequired.includes(attempt.action))
      throw invalid("reason", `A reason is required for ${attempt.action}.`);
    const { key } = attempt;
    const stored = key && keys.claim(key.scoped, attempt.fingerprint);
    if (stored) return { ...stored, headers: { ...stored.headers, "Idempotency-Replayed": "true" } };
    const reply = await perform(attempt, command);
    if (key && reply.status === 503) keys.release(key.scoped);
    else if (key) keys.settle(key.scoped, reply);
    return reply;
  }

  async function deny(attempt: Attempt, command: Command<unknown>): Promise<ProblemError> {
    const roles = attempt.actor.roles.join(", ") || "no role";
    const problem = new ProblemError("forbidden", `${attempt.action} is not allowed to ${roles}.`);
    const { id, saved } = audit.begin(intentOf(attempt, command));
    await Promise.allSettled([saved, audit.complete(id, "outcome", refused(problem))]);
    return problem.with({ audit_id: id });
  }

  /** From the intent to the reply. Never throws. */
  async function perform<R>(attempt: Attempt, command: Command<R>): Promise<StoredReply> {
    const { id, saved } = audit.begin(intentOf(attempt, command));
    const fail = (problem: ProblemError): StoredReply =>
      problemBody(problem.with({ audit_id: id }), attempt.requestId);
    try {
      await saved;
    } catch {
      const problem = new ProblemError(
        "audit_unavailable",
        "Nothing was done: the audit could not be written.",
      );
      void audit.complete(id, "outcome", refused(problem));
      return fail(problem);
    }
    if (command.queue !== null && command.jobId !== null) fates.follow(command.queue, command.jobId);
    const notes: Notes = {};
    const acting = command.act(notes, id);
    try {
      const effect = await withinDeadline(clock, acting);
      await audit.complete(id, "outcome", succeeded(effect, notes));
      deps.changed(attempt, command, id);
      return replyOf(id, effect);
    } catch (error) {
      const problem = foreseen(error, attempt);
      if (problem.code !== "outcome_unknown" && problem.code !== "internal") {
        await audit.complete(id, "outcome", refused(problem, notes));
        return fail(withCurrent(problem, command, id));
      }
      await audit.complete(id, "outcome", unknown(problem, notes));
      const effect = await resolver.resolve({ auditId: id, command, notes, acting });
      deps.changed(attempt, command, id);
      return effect ? replyOf(id, effect) : fail(problem);
    }
  }

  function foreseen(error: unknown, { action, requestId }: Attempt): ProblemError {
    const problem = toProblemError(error);
    if (problem) return problem;
    log.error("A write failed in a way nobody foresaw.", { error, action, requestId });
    return new ProblemError("internal", "Something went wrong here, and it is not known what was done.");
  }

  /** Tells with a conflict who made it so, and with a job that is gone what last became of it. */
  function withCurrent(problem: ProblemError, command: Command<unknown>, auditId: string): ProblemError {
    const { queue, jobId } = command;
    if (queue === null || jobId === null) return problem;
    const { current } = problem.extras;
    if (current) return problem.with({ current: { ...current, by: lastActor(queue, jobId, auditId) } });
    const lastKnown = problem.code === "not_found" ? fates.lastKnown(queue, jobId) : null;
    return lastKnown ? problem.with({ last_known: lastKnown }) : problem;
  }

  function lastActor(queue: string, jobId: string, except: string): string | null {
    const record = audit
      .newestFirst()
      .find(
        (one) => one.job_id === jobId && one.queue === queue && one.status === "success" && one.id !== except,
      );
    return record?.actor.name ?? null;
  }

  return { run, [Symbol.dispose]: () => resolver[Symbol.dispose]() };
}

function replyOf(auditId: string, { reply, headers = {} }: Effect<unknown>): StoredReply {
  return { status: 200, body: { audit_id: auditId, status: "success", ...Object(reply) }, headers };
}
