import type { Operation as OperationView } from "@spillway/contract/schemas";
import { ulid } from "ulid";
import type { LongCommand } from "../../commands/index.ts";
import { ProblemError } from "../../http/problem.ts";
import type { BulkDeps } from "../bulk.ts";
import { Operation } from "../operation.ts";
import { heldUntil, orderOf } from "../order.ts";
import type { Freezing } from "../selections/freezing.ts";

const ACTION = "queue.drain";
const WAITING = { state: "waiting" } as const;

export interface DrainAsk {
  queue: string;
  includeDelayed: boolean;
  actor: string;
}

/** Deletes all waiting jobs: moves them aside in one step where the engine can, else one by one. */
export function drainCommand(
  deps: BulkDeps,
  { queue, includeDelayed, actor }: DrainAsk,
): LongCommand<{ operation: OperationView }> {
  const { engine, clock, operations, selections } = deps;
  const id = ulid(clock.now());
  const text = includeDelayed ? "All waiting and delayed jobs" : "All waiting jobs";
  let matched = 0;
  let freezing: Freezing | null = null;
  return {
    queue,
    jobId: null,
    operationId: id,
    requested: null,
    details: { selection: text },
    async prepare() {
      operations.checkFree(ACTION, queue);
      const { counts } = await engine.queue(queue);
      matched = counts.waiting + (includeDelayed ? counts.delayed : 0);
      if (matched === 0) throw new ProblemError("conflict", `No job waits in ${queue}.`);
      if (engine.capabilities.hold !== true) {
        const options = {
          queue,
          action: "job.remove",
          filter: WAITING,
          alsoDelayed: includeDelayed,
        } as const;
        freezing = await selections.freeze(options, JSON.stringify([ACTION, queue, includeDelayed]));
        matched = freezing.jobs.size;
      }
      return { requested: matched };
    },
    async take(licence) {
      const order = orderOf(clock, licence, {
        id,
        kind: "drain",
        action: ACTION,
        many: freezing === null ? null : "remove",
        queue,
        selection: { text, filter: includeDelayed ? null : WAITING },
        matched,
        includeDelayed,
        holdUntil: heldUntil(deps),
        actor,
      });
      const operation = new Operation(clock, order, freezing?.jobs ?? null);
      return { operation: await operations.begin(operation, licence) };
    },
  };
}
