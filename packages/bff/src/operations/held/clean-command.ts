import type { Operation as OperationView } from "@spillway/contract/schemas";
import { ulid } from "ulid";
import type { LongCommand } from "../../commands/index.ts";
import { iso } from "../../metrics/wire-time.ts";
import type { BulkDeps } from "../bulk.ts";
import { Operation } from "../operation.ts";
import { heldUntil, orderOf } from "../order.ts";
import type { Freezing } from "../selections/freezing.ts";
import { selectionOf, wordsOf } from "../selections/selection-words.ts";

const ACTION = "queue.clean";

export interface CleanAsk {
  queue: string;
  state: "completed" | "failed" | "delayed" | "waiting";
  olderThanS: number;
  limit: number;
  actor: string;
}

/** Deletes jobs that have long been in one state, the oldest first if there are more than the limit. */
export function cleanCommand(deps: BulkDeps, ask: CleanAsk): LongCommand<{ operation: OperationView }> {
  const { clock, operations, selections, redactor } = deps;
  const { queue, state, olderThanS, limit, actor } = ask;
  const id = ulid(clock.now());
  let freezing: Freezing | null = null;
  return {
    queue,
    jobId: null,
    operationId: id,
    requested: null,
    details: { state, older_than_s: olderThanS, limit },
    async prepare() {
      operations.checkFree(ACTION, queue);
      const to = olderThanS === 0 ? {} : { to: iso(clock.now() - olderThanS * 1000) };
      freezing = await selections.freeze(
        { queue, action: "job.remove", filter: { state, ...to } },
        JSON.stringify([ACTION, queue, state, olderThanS]),
      );
      return {
        requested: Math.min(limit, freezing.jobs.size),
        details: { selection: wordsOf(freezing, redactor) },
      };
    },
    async take(licence) {
      if (freezing === null) throw new TypeError("Nothing was prepared.");
      const order = orderOf(clock, licence, {
        id,
        kind: "clean",
        action: ACTION,
        many: "remove",
        queue,
        selection: selectionOf(freezing, redactor),
        matched: Math.min(limit, freezing.jobs.size),
        holdUntil: heldUntil(deps),
        actor,
      });
      return { operation: await operations.begin(new Operation(clock, order, freezing.jobs), licence) };
    },
  };
}
