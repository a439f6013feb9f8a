import type {
  OperationList,
  Operation as OperationView,
  OutcomePage,
  QueueDetail,
} from "@spillway/contract/schemas";
import type { Clock, QueueEngine } from "@spillway/engine";
import type { Licence } from "../commands/index.ts";
import type { Logger } from "../deps.ts";
import { ProblemError } from "../http/problem.ts";
import { iso } from "../metrics/wire-time.ts";
import type { LiveHub, Sampler } from "../seams.ts";
import { Announcer } from "./announcer.ts";
import type { Ground } from "./ground.ts";
import type { Activity, Operation } from "./operation.ts";
import { toOperation } from "./operation-view.ts";
import { outcomesOf } from "./outcomes-view.ts";
import { conclude } from "./run/conclude.ts";
import { Valve } from "./run/valve.ts";
import { Shelf } from "./shelf.ts";

/** Does what was ordered, from where it stands to its end; settles the licence. */
export type Work = (ground: Ground, operation: Operation, licence: Licence) => Promise<void>;

export interface OperationsDeps {
  engine: QueueEngine;
  clock: Clock;
  log: Logger;
  hub: LiveHub;
  sampler: Pick<Sampler, "snapshot" | "queue">;
}

/** All operations of this process, and the hand on each. */
export class Operations implements AsyncDisposable {
  readonly #deps: OperationsDeps;
  readonly #shelf = new Shelf();
  readonly #announcer: Announcer;
  readonly #ground: Ground;

  constructor(deps: OperationsDeps) {
    this.#deps = deps;
    const { engine, clock, log, hub } = deps;
    this.#announcer = new Announcer(clock, hub, (operation) => this.view(operation));
    this.#ground = {
      engine,
      clock,
      log,
      isKept: false,
      moved: (operation) => this.#announcer.moved(operation),
      stands: (operation) => this.#announcer.moved(operation),
      kept: () => Promise.resolve(),
      chunkDone: (operation) => this.#announcer.moved(operation),
      fateKnown: (operation) => this.#announcer.moved(operation),
      sampled: (queue) => this.sampled(queue),
    };
  }

  /** Throws `conflict` while another operation does the same in the queue: two would act on each other's jobs. */
  checkFree(action: string, queue: string): void {
    const other = this.#shelf.underWay(action, queue);
    if (other === undefined) return;
    const { order } = other;
    const { done, matched } = this.view(other);
    throw new ProblemError(
      "conflict",
      `${order.actor} began the same in ${queue} already: ${done} of ${matched} jobs are done. It must end or be cancelled first.`,
      { operation_id: order.id },
    );
  }

  /** Takes an operation on. Throws `conflict` as `checkFree` does. */
  begin(operation: Operation, licence: Licence, work: Work): OperationView {
    this.checkFree(operation.order.action, operation.order.queue);
    for (const gone of this.#shelf.put(operation)) this.#announcer.forget(gone.id);
    operation.standing.startedAt = this.#deps.clock.now();
    this.#set(operation, licence, work);
    return this.view(operation);
  }

  /** Does something with the jobs that an ended operation holds. */
  again(operation: Operation, licence: Licence, activity: Activity, work: Work): OperationView {
    const { standing } = operation;
    standing.endedAs = standing.state;
    standing.cancelledBy = null;
    standing.note = null;
    standing.activity = activity;
    operation.valve = new Valve(this.#deps.clock);
    operation.become("running");
    this.#set(operation, licence, work);
    return this.view(operation);
  }

  /** Takes in one that ended before this process began. */
  adopt(operation: Operation): void {
    this.#shelf.put(operation);
    this.#ground.stands(operation);
  }

  /** Those that hold jobs and do nothing with them now. */
  holding(): Operation[] {
    return this.#shelf
      .newestFirst()
      .filter(({ hasEnded, standing }) => hasEnded && (standing.held?.left ?? 0) > 0);
  }

  /** Null if there is none of this id. */
  find(id: string): Operation | null {
    return this.#shelf.get(id);
  }

  /** Throws `not_found`. */
  get(id: string): Operation {
    const operation = this.#shelf.get(id);
    if (operation !== null) return operation;
    throw new ProblemError(
      "not_found",
      `No operation ${id} is held here: operations that ended long ago are forgotten, their records are in the audit.`,
    );
  }

  view(operation: Operation): OperationView {
    const { redrive, queue } = operation.order;
    const failing = redrive === null ? null : this.sampled(queue)?.rates.failed_attempts_per_min;
    return toOperation(operation, this.#deps.clock.now(), failing ?? null);
  }

  /** A queue as of the last sample; null if there is none. */
  sampled(queue: string): QueueDetail | null {
    const { sampler } = this.#deps;
    return sampler.snapshot() === null ? null : sampler.queue(queue);
  }

  list({ state, queue, page, size }: ListQuery): OperationList {
    const found = this.#shelf
      .newestFirst()
      .filter(
        ({ order, standing }) =>
          (state === undefined || standing.state === state) && (queue === undefined || order.queue === queue),
      );
    const items = found.slice((page - 1) * size, page * size).map((operation) => this.view(operation));
    return { kind: "page", items, page, size, total: found.length, as_of: iso(this.#deps.clock.now()) };
  }

  outcomes(id: string, query: Parameters<typeof outcomesOf>[1]): OutcomePage {
    return outcomesOf(this.get(id), query, this.#deps.clock.now());
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
    for (const operation of this.#shelf.newestFirst()) operation.valve.stop("left");
    await Promise.all(this.#shelf.newestFirst().map(({ work }) => work));
    this.#announcer[Symbol.dispose]();
  }

  #set(operation: Operation, licence: Licence, work: Work): void {
    operation.standing.record = { id: licence.id, intent: licence.intent, isSettled: false };
    operation.work = work(this.#ground, operation, licence).catch((error: unknown) =>
      conclude(this.#ground, operation, licence, { how: "failed", error }),
    );
    this.#ground.stands(operation);
  }
}

type ListQuery = {
  state?: OperationView["state"] | undefined;
  queue?: string | undefined;
  page: number;
  size: number;
};
