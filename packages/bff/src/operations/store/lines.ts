import {
  gate,
  operationPhase,
  operationState,
  phaseTarget,
  selectionFilter,
} from "@spillway/contract/schemas";
import { ACTIONS } from "@spillway/contract/table";
import { z } from "zod";
import { intent } from "../../audit/index.ts";
import type { Standing } from "../operation.ts";
import type { Order } from "../order.ts";

const nullableText = z.string().nullable();
const nullableMs = z.number().nullable();

const order = z.object({
  id: z.string(),
  kind: z.enum(["bulk", "redrive", "drain", "clean"]),
  action: z.enum(ACTIONS),
  many: z.enum(["retry", "cancel", "remove", "promote"]).nullable(),
  queue: z.string(),
  createdAt: z.number(),
  startsAt: nullableMs.default(null),
  selection: z.object({ text: z.string(), filter: selectionFilter.nullable() }),
  matched: z.int(),
  ratePerS: z.number().nullable(),
  resetAttempts: z.boolean(),
  chunkSize: z.int().min(1),
  shapes: z
    .object({ ids: z.array(z.string()), byGroup: z.array(z.int()) })
    .nullable()
    .default(null),
  redrive: z.object({ targets: z.array(phaseTarget), gate }).nullable(),
  holdUntil: nullableMs,
  includeDelayed: z.boolean(),
  actor: z.string(),
  reason: nullableText,
  incident: nullableText,
  auditId: z.string(),
}) satisfies z.ZodType<Order>;

const phase = z.object({
  number: z.int(),
  target: phaseTarget,
  size: z.int(),
  state: operationPhase.shape.state,
  retried: z.int(),
  skipped: z.int(),
  started: z.int(),
  completedAgain: z.int(),
  failedAgain: z.int(),
  gone: z.int(),
  verdict: nullableText,
  overruled: z.object({ by: z.string(), isEarly: z.boolean() }).nullable().default(null),
  failingShapes: z.array(z.object({ shapeId: z.string(), title: z.string(), count: z.int() })),
  auditId: nullableText,
  startedAt: nullableMs,
  retriedAt: nullableMs,
  lastStartedAt: nullableMs,
  settlesAt: nullableMs,
  finishedAt: nullableMs,
});

const standing = z.object({
  state: operationState,
  pausedFrom: operationState.nullable(),
  pausedBy: nullableText,
  cancelledBy: nullableText,
  note: nullableText,
  isAsked: z.boolean(),
  moved: z.int().nullable().default(null),
  endedAs: operationState.nullable(),
  startedAt: nullableMs,
  finishedAt: nullableMs,
  activity: z.enum(["restore", "purge"]).nullable(),
  held: z
    .object({
      state: z.enum(["held", "restoring", "restored", "purging", "purged"]),
      moved: z.int(),
      left: z.int(),
    })
    .nullable(),
  record: z.object({ id: z.string(), intent, isSettled: z.boolean() }).nullable(),
  phases: z.array(phase),
  failingBefore: z.number().nullable(),
}) satisfies z.ZodType<Standing>;

/**
 * The lines of an operations file. An operation is its order, then its jobs in blocks, then whatever happens to it: where
 * it stands, what became of the jobs of a chunk, their fates. `gone`: nothing of it is kept any more.
 */
export const line = z.discriminatedUnion("line", [
  z.object({
    line: z.literal("order"),
    order,
    /** Whose jobs they are. */
    engine: z.string(),
    /** How many jobs follow; fewer, and it was never begun. Null: none were looked at one by one. */
    jobs: z.int().nullable(),
    standing,
  }),
  z.object({
    line: z.literal("jobs"),
    id: z.string(),
    ids: z.array(z.string()),
    versions: z.array(nullableText),
    groups: z.array(z.int()),
  }),
  z.object({ line: z.literal("standing"), id: z.string(), standing }),
  z.object({
    line: z.literal("chunk"),
    id: z.string(),
    number: z.int(),
    /** A digit for each job: its outcome. */
    codes: z.string().regex(/^[1-4]*$/),
    /** Sentences by the place of the job in the chunk. */
    why: z.record(z.string(), z.string()),
  }),
  z.object({
    line: z.literal("fates"),
    id: z.string(),
    /** Positions and codes in turn. */
    fates: z.array(z.int()),
  }),
  z.object({ line: z.literal("gone"), id: z.string() }),
]);
export type Line = z.infer<typeof line>;

/** Null for what is no line of ours. */
export function parseLine(text: string): Line | null {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
