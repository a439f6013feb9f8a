import type { Operation as OperationView } from "@spillway/contract/schemas";
import { ulid } from "ulid";
import type { Licence, LongCommand } from "../../commands/index.ts";
import { ProblemError } from "../../http/problem.ts";
import { iso } from "../../metrics/wire-time.ts";
import { type BulkDeps, HELD_MS } from "../bulk.ts";
import { Operation, type Order } from "../operation.ts";
import { chunkSize } from "../run/rate-limit.ts";
import type { Freezing } from "../selections/freezing.ts";
import { wordsOf } from "../selections/selection-words.ts";

type Reply = { operation: OperationView };

/** Deletes all waiting jobs: moves them aside in one step where the engine can, else one by one. */
export function drainCommand(
  deps: BulkDeps,
  { queue, includeDelayed, actor }: { queue: string; includeDelayed: boolean; actor: string },
): LongCommand<Reply> {
  const { engine, clock, operations, selections } = deps;
  const id = ulid(clock.now());
  let matched = 0;
  let freezing: Freezing | null = null;
  const text = includeDelayed ? "All waiting and delayed jobs" : "All waiting jobs";
  const filter = { state: "waiting" } as const;
  return {
    ...described(queue, id),
    details: { include_delayed: includeDelayed },
    async prepare() {
      operations.checkFree("queue.drain", queue);
      const { counts } = await engine.queue(queue);
      matched = counts.waiting + (includeDelayed ? counts.delayed : 0);
      if (matched === 0) throw new ProblemError("conflict", `No job waits in ${queue}.`);
      if (engine.capabilities.hold === true) return { requested: matched, details: { selection: text } };
      const options = { queue, action: "job.remove", filter, alsoDelayed: includeDelayed } as const;
      freezing = await selections.freeze(options);
      matched = freezing.jobs.size;
      return { requested: matched, details: { selection: text } };
    },
    async take(licence) {
      const order = orderOf(deps, licence, {
        id,
        kind: "drain",
        action: "queue.drain",
        queue,
        matched,
        actor,
      });
      const selection = { text, filter: includeDelayed ? null : filter };
      if (freezing === null) {
        const drain: Order = { ...order, selection, many: null, includeDelayed };
        return { operation: await operations.begin(new Operation(clock, drain, null), licence) };
      }
      const operation = new Operation(clock, { ...order, selection, includeDelayed }, freezing.jobs);
      return { operation: await operations.begin(operation, licence) };
    },
  };
}

export interface CleanAsk {
  queue: string;
  state: "completed" | "failed" | "delayed" | "waiting";
  olderThanS: number;
  limit: number;
  actor: string;
}

/** Deletes jobs that have long been in one state, the oldest first if there are more than the limit. */
export function cleanCommand(deps: BulkDeps, ask: CleanAsk): LongCommand<Reply> {
  const { clock, operations, selections } = deps;
  const { queue, state, olderThanS, limit, actor } = ask;
  const id = ulid(clock.now());
  let freezing: Freezing | null = null;
  return {
    ...described(queue, id),
    details: { state, older_than_s: olderThanS, limit },
    async prepare() {
      operations.checkFree("queue.clean", queue);
      const to = olderThanS === 0 ? {} : { to: iso(clock.now() - olderThanS * 1000) };
      freezing = await selections.freeze({ queue, action: "job.remove", filter: { state, ...to } });
      return {
        requested: Math.min(limit, freezing.jobs.size),
        details: { selection: wordsOf(freezing) },
      };
    },
    async take(licence) {
      if (freezing === null) throw new TypeError("Nothing was prepared.");
      const { jobs, options } = freezing;
      const matched = Math.min(limit, jobs.size);
      const order = orderOf(deps, licence, {
        id,
        kind: "clean",
        action: "queue.clean",
        queue,
        matched,
        actor,
      });
      const selection = { text: wordsOf(freezing), filter: options.filter };
      const operation = new Operation(clock, { ...order, selection }, jobs);
      return { operation: await operations.begin(operation, licence) };
    },
  };
}

function described(queue: string, operationId: string) {
  return { queue, jobId: null, operationId, requested: null };
}

function orderOf(
  { engine, clock }: BulkDeps,
  { id: auditId, intent: { reason, incident } }: Licence,
  what: Pick<Order, "id" | "kind" | "action" | "queue" | "matched" | "actor">,
): Omit<Order, "selection"> {
  return {
    ...what,
    many: "remove",
    createdAt: clock.now(),
    ratePerS: null,
    resetAttempts: false,
    chunkSize: chunkSize(null),
    redrive: null,
    holdUntil: engine.capabilities.hold === true ? clock.now() + HELD_MS : null,
    includeDelayed: false,
    reason,
    incident,
    auditId,
  };
}
