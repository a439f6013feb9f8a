import { REFUSED_ACTION } from "@spillway/contract/table";
import type { Clock } from "@spillway/engine";
import type { AuditStore, Intent } from "../audit/index.ts";
import type { Policy } from "../auth/index.ts";
import type { Logger } from "../deps.ts";
import { invalid, noQueue, ProblemError } from "../http/problem.ts";
import type { FateBook } from "../seams.ts";
import { type Attempt, intentOf } from "./attempt.ts";
import type { Command, Described, ShortCommand } from "./command.ts";
import { createDenials } from "./denials.ts";
import { IdempotencyKeys, type StoredReply } from "./idempotency.ts";
import { type Licence, type LicenceDeps, licenceFor, newLicence } from "./licence.ts";
import { perform } from "./perform.ts";
import { createResolver } from "./read-back.ts";
import { takeOn } from "./take-on.ts";

/** A health check that names a host we don't know comes every few seconds, for ever: one record an hour. Ms. */
const REFUSED_READS_MS = 3_600_000;

export interface DoorDeps {
  clock: Clock;
  log: Logger;
  audit: AuditStore;
  fates: FateBook;
  policy: Policy;
  /** Called when something was done, begun or may have happened; must not throw. */
  acted: (intent: Intent, auditId: string) => void;
  /** Called when something that was begun came to its end; must not throw. */
  changed: () => void;
}

export interface Door extends Disposable {
  /** Replies with what the caller is to read, a problem included. Throws {@link ProblemError} if it was not let in. */
  run<R>(attempt: Attempt, command: Command<R>): Promise<StoredReply>;
  /** Puts on record a request that came from elsewhere, and resolves to what it is answered: that nothing was done. */
  turnAway(intent: Intent, problem: ProblemError): Promise<ProblemError>;
  /**
   * Puts a look on record that somebody takes. Throws {@link ProblemError} if it was not let in, or can't be recorded; what it
   * resolves to must be settled when the look ends, however it ends.
   */
  admit(attempt: Attempt, look: Described): Promise<Licence>;
  /** Leave for what the console does by itself. Rejects with `audit_unavailable`, and then nothing may be done. */
  begin(intent: Intent): Promise<Licence>;
  /**
   * Leave to go on with what an earlier process began under this record. Where an unsettled record is held here no more, a
   * new one says that it goes on. Rejects with `audit_unavailable`.
   */
  resume(record: { id: string; intent: Intent; isSettled: boolean }): Promise<Licence>;
}

/** The only door to writes: nothing takes effect that is not on record first, and nothing is on record without its end. */
export function createDoor(deps: DoorDeps): Door {
  const { clock, audit } = deps;
  const keys = new IdempotencyKeys(clock);
  const denials = createDenials(clock, audit);
  /** Whoever sends from elsewhere uses up no room in which those who belong here are told apart. */
  const foreign = createDenials(clock, audit);
  /** Nor does whoever guesses passwords. */
  const logins = createDenials(clock, audit);
  const resolver = createResolver(clock, audit);
  const performNow = <R>(intent: Intent, command: ShortCommand<R>): Promise<StoredReply> =>
    perform({ ...deps, resolver }, intent, command);
  const licences: LicenceDeps = { ...deps, perform: performNow };

  async function run<R>(attempt: Attempt, command: Command<R>): Promise<StoredReply> {
    if ("refuse" in command)
      throw command.refuse.with({ audit_id: await logins.deny(intentOf(attempt, command), command.refuse) });
    await letIn(attempt, command);
    const key = command.keepsNoReply === true ? null : attempt.key;
    const stored = key && keys.claim(key.scoped, attempt.fingerprint);
    if (stored) return { ...stored, headers: { ...stored.headers, "Idempotency-Replayed": "true" } };
    const reply =
      "take" in command
        ? await takeOn({ ...licences, log: deps.log }, attempt, command)
        : await performNow(intentOf(attempt, command), command);
    if (key && reply.status === 503) keys.release(key.scoped);
    else if (key) keys.settle(key.scoped, reply);
    return reply;
  }

  /** Throws, with the attempt on record, unless it is allowed. */
  async function letIn(attempt: Attempt, described: Described): Promise<void> {
    const { actor, action, reason } = attempt;
    const { queue } = described;
    if (queue !== null && !deps.policy.sees(actor, queue))
      throw await deny(attempt, described, noQueue(queue));
    const allowed = deps.policy.mayDo(actor, action, queue);
    if (allowed !== true) throw await deny(attempt, described, new ProblemError("forbidden", allowed));
    if (reason === null && deps.policy.needsReason(actor, action, queue))
      throw invalid("reason", `A reason is required for ${action}.`);
  }

  async function deny(attempt: Attempt, command: Described, problem: ProblemError): Promise<ProblemError> {
    return problem.with({ audit_id: await denials.deny(intentOf(attempt, command), problem) });
  }

  return {
    run,
    async turnAway(intent, problem) {
      const forMs = intent.action === REFUSED_ACTION ? REFUSED_READS_MS : undefined;
      return problem.with({ audit_id: await foreign.deny(intent, problem, forMs) });
    },
    async admit(attempt, look) {
      await letIn(attempt, look);
      // Nothing was done that a sample could show.
      return newLicence({ ...licences, acted: nothing, changed: nothing }, intentOf(attempt, look));
    },
    begin: (intent) => newLicence(licences, intent),
    async resume({ id, intent, isSettled }) {
      if (isSettled || audit.get(id) !== undefined) return licenceFor(licences, id, intent, isSettled);
      return newLicence(licences, { ...intent, details: { ...intent.details, goes_on_from: id } });
    },
    [Symbol.dispose]() {
      denials[Symbol.dispose]();
      foreign[Symbol.dispose]();
      logins[Symbol.dispose]();
      resolver[Symbol.dispose]();
    },
  };
}

const nothing = () => undefined;
