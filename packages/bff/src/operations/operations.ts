import type {
  OperationList,
  Operation as OperationView,
  OutcomePage,
  QueueDetail,
} from "@spillway/contract/schemas";
import type { Clock, QueueEngine } from "@spillway/engine";
import type { Door, Licence } from "../commands/index.ts";
import type { BffDeps, Logger } from "../deps.ts";
import { ProblemError } from "../http/problem.ts";
import { iso } from "../metrics/wire-time.ts";
import type { Redactor } from "../redaction/index.ts";
import type { FateBook, LiveHub, Sampler } from "../seams.ts";
import { Announcer } from "./announcer.ts";
import type { Ground } from "./ground.ts";
import { listed, type Wanted } from "./listed.ts";
import type { Activity, Operation } from "./operation.ts";
import { toOperation } from "./operation-view.ts";
import { type OutcomesAsk, outcomesOf } from "./outcomes-view.ts";
import { conclude } from "./run/conclude.ts";
import { Valve } from "./run/valve.ts";
import { Shelf } from "./shelf.ts";
import { Journal } from "./store/journal.ts";
import { readLines } from "./store/read-lines.ts";
import { takeUp } from "./take-up.ts";
import { workOf } from "./work-of.ts";

export interface OperationsDeps {
  engine: QueueEngine;
  clock: Clock;
  log: Logger;
  redactor: Redactor;
  hub: LiveHub;
  sampler: Pick<Sampler, "snapshot" | "queue">;
  door: Pick<Door, "resume">;
  /** Whether nothing may be done to a queue. */
  isReadOnly: (queue: string) => boolean;
  fates: Pick<FateBook, "follow">;
  store: BffDeps["operationsStore"];
}

/** All operations of this process, and the hand on each. */
export class Operations implements AsyncDisposable {
  readonly #deps: OperationsDeps;
  readonly #shelf = new Shelf();
  readonly #announcer: Announcer;
  readonly #journal: Journal;
  readonly #ground: Ground;
  #isClosed = false;

  constructor(deps: OperationsDeps) {
    this.#deps = deps;
    const { engine, clock, log, hub, store } = deps;
    this.#announcer = new Announcer(clock, hub, (operation) => this.view(operation));
    const operations = () => this.#shelf.newestFirst().toReversed();
    this.#journal = new Journal({ store, clock, log, engine: engine.info.name, operations });
    this.#ground = createGround(deps, this.#announcer, this.#journal, this.#shelf);
  }

  /**
   * Throws `conflict` while another operation does the same in the queue: two would act on each other's jobs. Of those that are to
   * begin later there is one as well.
   */
  checkFree(action: string, queue: string, startsAt: number | null = null): void {
    const other = this.#shelf.underWay(action, queue, startsAt !== null);
    if (other === undefined) return;
    const { order } = other;
    const { done, matched } = this.view(other);
    const began = other.isScheduled ? "ordered" : "began";
    throw new ProblemError(
      "conflict",
      `${order.actor} ${began} the same in ${queue} already: ${done.toLocaleString("en-US")} of ${matched.toLocaleString("en-US")} jobs are done. It must end or be stopped first.`,
      { operation_id: order.id },
    );
  }

  /** Takes an operation on. Throws `conflict` as `checkFree` does, `audit_unavailable` if it can't be written down. */
  async begin(operation: Operation, licence: Licence): Promise<OperationView> {
    const { order, standing } = operation;
    this.checkFree(order.action, order.queue, order.startsAt);
    this.#put(operation);
    standing.startedAt = order.startsAt === null ? this.#deps.clock.now() : null;
    standing.record = { id: licence.id, intent: licence.intent, isSettled: false };
    try {
      await this.#journal.begin(operation);
    } catch (error) {
      this.#shelf.remove(operation.id);
      this.#deps.log.error("An operation could not be written down.", { error });
      throw new ProblemError(
        "audit_unavailable",
        "Nothing was done: the operation could not be written to the operations file.",
      );
    }
    this.#set(operation, licence);
    return this.view(operation);
  }

  /** Does something with the jobs that an ended operation holds. */
  again(operation: Operation, licence: Licence, activity: Activity): OperationView {
    const { standing } = operation;
    standing.endedAs = standing.state;
    standing.cancelledBy = null;
    standing.note = null;
    standing.activity = activity;
    standing.record = { id: licence.id, intent: licence.intent, isSettled: false };
    operation.valve = new Valve(this.#deps.clock);
    operation.become("running");
    this.#ground.stands(operation);
    this.#set(operation, licence);
    return this.view(operation);
  }

  /** Takes in one that ended before this process began. */
  adopt(operation: Operation): void {
    this.#put(operation);
    void this.#journal.begin(operation).catch(() => undefined);
    this.#ground.moved(operation);
  }

  /** Goes on with what earlier processes began and did not end. */
  async resume(): Promise<void> {
    const { store, clock, log, engine, isReadOnly } = this.#deps;
    if (store === undefined) return;
    const { kept, unreadable } = await readLines(store.readBack(), clock);
    if (unreadable > 0)
      log.warn("Lines of the operations file could not be understood.", { lines: unreadable });
    for (const { operation } of kept) this.#put(operation);
    await this.#journal.resume();
    for (const one of kept) {
      const { operation } = one;
      if (operation.hasEnded) continue;
      if (isReadOnly(operation.order.queue) && operation.standing.state !== "paused")
        operation.pause("the console, as the queue is read-only now");
      const isOurs = one.engine === engine.info.name;
      void takeUp(
        { ...this.#deps, ground: this.#ground, set: (...work) => this.#set(...work) },
        operation,
        isOurs,
      );
    }
  }

  /** Those that hold jobs and do nothing with them now. */
  holding(): Operation[] {
    return this.#shelf
      .newestFirst()
      .filter(({ hasEnded, standing }) => hasEnded && (standing.held?.left ?? 0) > 0);
  }

  /** Those that acted on this job, or meant to; of any queue if none is named. */
  async touching(jobId: string, queue?: string): Promise<Set<string>> {
    const touched = new Set<string>();
    for (const { id, order, jobs } of this.#shelf.newestFirst()) {
      if (jobs === null || (queue !== undefined && order.queue !== queue)) continue;
      if ((await jobs.indexOf(jobId)) >= 0) touched.add(id);
    }
    return touched;
  }

  /** Those that put failed jobs of a queue back, newest first. */
  retriesIn(queue: string): Operation[] {
    return this.#shelf
      .newestFirst()
      .filter(({ order, jobs }) => order.queue === queue && order.many === "retry" && jobs !== null);
  }

  /** Keeps how a job that was put back ended, which was found out by looking. */
  learned(operation: Operation, position: number, fate: "completed" | "failed"): void {
    operation.fates?.set(position, fate);
    this.#journal.fate(operation, position);
  }

  /** Null if there is none of this id. */
  find(id: string): Operation | null {
    return this.#shelf.get(id);
  }

  /** Throws `not_found`. */
  get(id: string): Operation {
    const operation = this.#shelf.get(id);
    if (operation !== null) return operation;
    throw noOperation(id);
  }

  view(operation: Operation): OperationView {
    const { redrive, queue } = operation.order;
    const failing = redrive === null ? null : this.sampled(queue)?.rates.failed_attempts_per_min;
    return toOperation(operation, this.#deps.clock.now(), failing ?? null);
  }

  /** A queue as of the last sample; null if there is none. */
  sampled(queue: string): QueueDetail | null {
    return this.#ground.sampled(queue);
  }

  /** `sees`: of which queues; default all. */
  list({ page, size, ...wanted }: ListQuery, sees: (queue: string) => boolean = () => true): OperationList {
    const shown = this.#shelf.newestFirst().filter(({ order }) => sees(order.queue));
    const found = listed(shown, wanted);
    const items = found.slice((page - 1) * size, page * size).map((operation) => this.view(operation));
    return { kind: "page", items, page, size, total: found.length, as_of: iso(this.#deps.clock.now()) };
  }

  /** Asks the engine where jobs were moved together; throws what it throws. */
  outcomes(id: string, query: OutcomesAsk): Promise<OutcomePage> {
    const { engine, clock } = this.#deps;
    return outcomesOf(engine, this.get(id), query, clock.now());
  }

  /** Tells of a change that came from outside the work. */
  changed(operation: Operation): void {
    this.#ground.stands(operation);
  }

  /** Ends all that is under way: another world was loaded. */
  async cancelAll(by: string): Promise<void> {
    const open = this.#shelf.newestFirst().filter(({ hasEnded }) => !hasEnded);
    for (const operation of open) {
      operation.standing.cancelledBy = by;
      operation.valve.stop("cancelled");
    }
    await Promise.all(open.map(({ work }) => work));
  }

  /** Lets the calls on their way come to their end and begins no more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const operation of this.#shelf.newestFirst()) operation.valve.stop("left");
    await Promise.all(this.#shelf.newestFirst().map(({ work }) => work));
    this.#announcer[Symbol.dispose]();
    await this.#journal.close();
  }

  #put(operation: Operation): void {
    for (const gone of this.#shelf.put(operation)) {
      this.#announcer.forget(gone.id);
      this.#journal.gone(gone.id);
    }
  }

  #set(operation: Operation, licence: Licence): void {
    if (this.#isClosed) operation.valve.stop("left");
    operation.work = workOf(operation)(this.#ground, operation, licence).catch((error: unknown) =>
      conclude(this.#ground, operation, licence, { how: "failed", error }),
    );
    this.#ground.moved(operation);
  }
}

type ListQuery = Wanted & { page: number; size: number };

function createGround(deps: OperationsDeps, announcer: Announcer, journal: Journal, shelf: Shelf): Ground {
  const { engine, clock, log, redactor, sampler } = deps;
  const kept = (operation: Operation): Promise<void> => {
    announcer.moved(operation);
    return journal.standing(operation);
  };
  return {
    engine,
    clock,
    log,
    redactor,
    isKept: journal.isKept,
    moved: (operation) => announcer.moved(operation),
    stands: (operation) => void kept(operation),
    kept,
    chunkDone(operation, chunk) {
      announcer.moved(operation);
      journal.chunk(operation, chunk);
    },
    fateKnown(operation, position) {
      announcer.moved(operation);
      journal.fate(operation, position);
    },
    other: ({ order }) => shelf.underWay(order.action, order.queue),
    follow: (queue, jobId) => deps.fates.follow(queue, jobId),
    sampled: (queue) => (sampler.snapshot() === null ? null : sampler.queue(queue)),
  };
}

export function noOperation(id: string): ProblemError {
  return new ProblemError(
    "not_found",
    `No operation ${id} is held here: operations that ended long ago are forgotten, their records are in the audit.`,
  );
}
