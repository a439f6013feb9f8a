import type { JobActionName, Operation as OperationView, SelectionInput } from "@spillway/contract/schemas";
import type { Clock, QueueEngine } from "@spillway/engine";
import { ulid } from "ulid";
import type { LongCommand } from "../commands/index.ts";
import { Operation, type Order } from "./operation.ts";
import type { Operations } from "./operations.ts";
import { chunkSize } from "./run/rate-limit.ts";
import { manyAction } from "./selections/fits.ts";
import type { Freezing } from "./selections/freezing.ts";
import { wordsOf } from "./selections/selection-words.ts";
import type { Selections } from "./selections/selections.ts";

/** How long removed jobs are held. Ms. */
export const HELD_MS = 24 * 3_600_000;

export interface BulkDeps {
  engine: QueueEngine;
  clock: Clock;
  operations: Operations;
  selections: Selections;
}

export interface BulkAsk {
  queue: string;
  action: JobActionName;
  selection: SelectionInput;
  ratePerS: number | null;
  resetAttempts: boolean;
  actor: string;
}

/** One action on many jobs. */
export function bulkCommand(deps: BulkDeps, ask: BulkAsk): LongCommand<{ operation: OperationView }> {
  const { clock, operations, selections } = deps;
  const { queue, action } = ask;
  const operationId = ulid(clock.now());
  let freezing: Freezing | null = null;
  return {
    queue,
    jobId: null,
    operationId,
    source: "bulk",
    requested: null,
    details: {
      ...(ask.ratePerS !== null && { rate_per_s: ask.ratePerS }),
      ...(action === "job.retry" && { reset_attempts: ask.resetAttempts }),
    },
    async prepare() {
      operations.checkFree(action, queue);
      freezing = await selections.whole({ queue, action, input: ask.selection });
      return { requested: freezing.jobs.size, details: { selection: wordsOf(freezing) } };
    },
    async take(licence) {
      if (freezing === null) throw new TypeError("Nothing was prepared.");
      const { jobs } = freezing;
      const order = orderOf(deps, ask, freezing, operationId);
      const { reason, incident } = licence.intent;
      const operation = new Operation(clock, { ...order, reason, incident, auditId: licence.id }, jobs);
      return { operation: await operations.begin(operation, licence) };
    },
  };
}

function orderOf(
  { engine, clock }: BulkDeps,
  ask: BulkAsk,
  freezing: Freezing,
  id: string,
): Omit<Order, "reason" | "incident" | "auditId"> {
  const { action, queue, ratePerS, resetAttempts, actor } = ask;
  const holds = action === "job.remove" && engine.capabilities.hold === true;
  return {
    id,
    kind: "bulk",
    action,
    many: manyAction(action),
    queue,
    createdAt: clock.now(),
    selection: { text: wordsOf(freezing), filter: freezing.options.filter },
    matched: freezing.jobs.size,
    ratePerS,
    resetAttempts,
    chunkSize: chunkSize(ratePerS),
    redrive: null,
    holdUntil: holds ? clock.now() + HELD_MS : null,
    includeDelayed: false,
    actor,
  };
}
