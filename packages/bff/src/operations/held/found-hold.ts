import type { AuditRecord } from "@spillway/contract/schemas";
import { ACTIONS, type Action } from "@spillway/contract/table";
import type { Clock, HoldRecord } from "@spillway/engine";
import { Operation } from "../operation.ts";
import type { Order } from "../order.ts";
import { chunkSize } from "../run/rate-limit.ts";

/** An operation for jobs that are held though nobody here knows of one: its record in the audit tells more, if it is there. */
export function operationOf(
  clock: Clock,
  { id, queue, count, heldAt, until }: HoldRecord,
  record: AuditRecord | undefined,
  auditId: string,
): Operation {
  const action = actionOf(record);
  const order: Order = {
    id,
    kind: KINDS[action] ?? "bulk",
    action,
    many: null,
    queue,
    createdAt: heldAt,
    startsAt: null,
    selection: { text: textOf(record), filter: null },
    matched: count,
    ratePerS: null,
    resetAttempts: false,
    chunkSize: chunkSize(null),
    shapes: null,
    redrive: null,
    holdUntil: until,
    includeDelayed: false,
    actor: record?.actor.name ?? "unknown",
    reason: record?.reason ?? null,
    incident: record?.incident ?? null,
    auditId,
  };
  return new Operation(clock, order, null, {
    state: "done",
    note: "Held by an earlier process or another console.",
    startedAt: heldAt,
    moved: count,
    held: { state: "held", moved: count, left: count },
  });
}

const KINDS: Partial<Record<Action, Order["kind"]>> = { "queue.drain": "drain", "queue.clean": "clean" };

function actionOf(record: AuditRecord | undefined): Action {
  return ACTIONS.find((one) => one === record?.action) ?? "job.remove";
}

function textOf(record: AuditRecord | undefined): string {
  const said = record?.details.selection;
  return typeof said === "string" ? said : "Jobs that were moved aside";
}
