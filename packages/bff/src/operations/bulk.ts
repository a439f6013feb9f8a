import type { JobActionName, Operation as OperationView, SelectionInput } from "@spillway/contract/schemas";
import type { Clock, QueueEngine } from "@spillway/engine";
import { ulid } from "ulid";
import type { LongCommand } from "../commands/index.ts";
import type { Redactor } from "../redaction/index.ts";
import { Operation } from "./operation.ts";
import type { Operations } from "./operations.ts";
import { heldUntil, orderOf } from "./order.ts";
import { manyAction } from "./selections/fits.ts";
import type { Freezing } from "./selections/freezing.ts";
import { selectionOf, wordsOf } from "./selections/selection-words.ts";
import type { Selections } from "./selections/selections.ts";
import { MOST_SHAPES, shapesOf } from "./selections/shapes-of.ts";
import { startsAtOf } from "./starts-at.ts";

export interface BulkDeps {
  engine: QueueEngine;
  clock: Clock;
  operations: Operations;
  selections: Selections;
  redactor: Redactor;
}

export interface BulkAsk {
  queue: string;
  action: JobActionName;
  selection: SelectionInput;
  /** ISO 8601; null: at once. */
  startsAt: string | null;
  ratePerS: number | null;
  resetAttempts: boolean;
  actor: string;
}

/** One action on many jobs. */
export function bulkCommand(deps: BulkDeps, ask: BulkAsk): LongCommand<{ operation: OperationView }> {
  const { clock, operations, selections, redactor } = deps;
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
      ...(ask.startsAt !== null && { starts_at: ask.startsAt }),
      ...(ask.ratePerS !== null && { rate_per_s: ask.ratePerS }),
      ...(action === "job.retry" && { reset_attempts: ask.resetAttempts }),
    },
    async prepare() {
      operations.checkFree(action, queue, startsAtOf(clock, ask.startsAt));
      freezing = await selections.whole({ queue, action, input: ask.selection });
      const details = {
        selection: wordsOf(freezing, redactor),
        ...(action === "job.retry" && shapesOf(freezing)),
      };
      return { requested: freezing.jobs.size, details };
    },
    async take(licence) {
      if (freezing === null) throw new TypeError("Nothing was prepared.");
      const { ratePerS, resetAttempts, actor } = ask;
      const startsAt = startsAtOf(clock, ask.startsAt);
      const order = orderOf(clock, licence, {
        id: operationId,
        kind: "bulk",
        action,
        many: manyAction(action),
        queue,
        selection: selectionOf(freezing, redactor),
        matched: freezing.jobs.size,
        startsAt,
        ratePerS,
        resetAttempts,
        shapes: action === "job.retry" ? freezing.groups.shapes(MOST_SHAPES) : null,
        holdUntil: action === "job.remove" ? heldUntil(deps, startsAt) : null,
        actor,
      });
      return { operation: await operations.begin(new Operation(clock, order, freezing.jobs), licence) };
    },
  };
}
