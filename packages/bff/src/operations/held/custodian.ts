import type { Clock, HoldRecord, QueueEngine } from "@spillway/engine";
import { type AuditStore, ownIntent, recordFact } from "../../audit/index.ts";
import { type Door, refused } from "../../commands/index.ts";
import type { Logger } from "../../deps.ts";
import { ProblemError } from "../../http/problem.ts";
import { iso } from "../../metrics/wire-time.ts";
import type { Operation } from "../operation.ts";
import type { Operations } from "../operations.ts";
import { GONE } from "./empty-hold.ts";
import { operationOf } from "./found-hold.ts";

const BUSY = "Nothing was deleted: somebody did something with the held jobs at that moment.";
/** How often it looks. Ms. */
const EVERY_MS = 60_000;

export interface CustodianDeps {
  engine: QueueEngine;
  clock: Clock;
  log: Logger;
  audit: AuditStore;
  door: Pick<Door, "begin">;
  operations: Operations;
  /** Whether nothing may be done to a queue: what is held of it stays. */
  isReadOnly: (queue: string) => boolean;
}

/** Looks after held jobs: finds those that nobody here knows of, and deletes each when its time is over. */
export class Custodian implements Disposable {
  readonly #deps: CustodianDeps;
  #cancel: () => void = () => undefined;
  #isClosed = false;

  constructor(deps: CustodianDeps) {
    this.#deps = deps;
  }

  /** Looks now, then every minute. An engine that is away is looked at the next time. */
  async start(): Promise<void> {
    const { engine, clock, log } = this.#deps;
    try {
      if (engine.capabilities.hold === true) await this.#look(await engine.holds());
    } catch (error) {
      log.info("Held jobs could not be looked after.", { error });
    }
    if (!this.#isClosed) this.#cancel = clock.after(EVERY_MS, () => void this.start());
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    this.#cancel();
  }

  async #look(holds: readonly HoldRecord[]): Promise<void> {
    const { operations, clock, isReadOnly } = this.#deps;
    const byId = new Map(holds.map((hold) => [hold.id, hold]));
    for (const operation of operations.holding()) this.#compare(operation, byId.get(operation.id));
    for (const hold of holds)
      if (operations.find(hold.id) === null && hold.count > 0) await this.#adopt(hold);
    for (const operation of operations.holding()) {
      const { holdUntil, queue } = operation.order;
      const isOver = (holdUntil ?? Number.POSITIVE_INFINITY) <= clock.now();
      if (isOver && !isReadOnly(queue)) await this.#purge(operation);
    }
  }

  /** Another console may have put held jobs back, or deleted them. */
  #compare(operation: Operation, hold: HoldRecord | undefined): void {
    const { standing } = operation;
    const { held } = standing;
    if (held === null || held.left === hold?.count) return;
    if (hold === undefined) standing.note = GONE;
    standing.held = hold === undefined ? null : { ...held, left: hold.count };
    this.#deps.operations.changed(operation);
  }

  async #adopt(hold: HoldRecord): Promise<void> {
    const { audit, clock, operations } = this.#deps;
    const record = audit.newestFirst().find((one) => one.operation_id === hold.id);
    const found = ownIntent("operation.found", "system", { queue: hold.queue, operation_id: hold.id });
    const auditId = record?.id ?? (await recordFact(audit, found, hold.count));
    operations.adopt(operationOf(clock, hold, record, auditId));
  }

  async #purge(operation: Operation): Promise<void> {
    const { door, operations } = this.#deps;
    const { order, standing, id } = operation;
    const licence = await door.begin(
      ownIntent("operation.purge", "system", {
        queue: order.queue,
        operation_id: id,
        destructive: true,
        requested: standing.held?.left ?? null,
        details: { of: order.action, held_until: iso(order.holdUntil ?? 0) },
      }),
    );
    // Somebody may have begun to put them back while it was put on record.
    if (operation.hasEnded && (standing.held?.left ?? 0) > 0) operations.again(operation, licence, "purge");
    else await licence.settle(refused(new ProblemError("conflict", BUSY)));
  }
}
