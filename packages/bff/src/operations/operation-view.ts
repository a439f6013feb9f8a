import type { OperationPhase, Operation as OperationView } from "@spillway/contract/schemas";
import { iso, isoOrNull, rounded } from "../metrics/wire-time.ts";
import { togetherCounts } from "./held/together.ts";
import type { Operation } from "./operation.ts";
import { verdictOf } from "./redrive/judge.ts";
import { openIn, type Phase } from "./redrive/phase.ts";

/** `failingNow`: failed attempts a minute in its queue; null where not measured. */
export function toOperation(operation: Operation, now: number, failingNow: number | null): OperationView {
  const { order, standing, book } = operation;
  const { held } = standing;
  const speed = standing.state === "running" ? operation.speed.perSecond(now) : null;
  return {
    id: order.id,
    kind: order.kind,
    action: order.action,
    queue: order.queue,
    state: standing.state,
    selection: order.selection,
    ...countsOf(operation),
    rate_per_s: order.ratePerS,
    speed_per_s: rounded(speed),
    reset_attempts: order.resetAttempts,
    created_at: iso(order.createdAt),
    starts_at: isoOrNull(order.startsAt),
    started_at: isoOrNull(standing.startedAt),
    finished_at: isoOrNull(standing.finishedAt),
    eta_s: standing.state === "running" ? etaOf(order.matched - book.done, speed ?? order.ratePerS) : null,
    undo_until: held?.state === "held" || held?.state === "restoring" ? isoOrNull(order.holdUntil) : null,
    held: held && { count: held.left > 0 ? held.left : held.moved, state: held.state },
    note: standing.pausedBy === null ? standing.note : `Paused by ${standing.pausedBy}.`,
    actor: order.actor,
    reason: order.reason,
    incident: order.incident,
    audit_id: order.auditId,
    gate: order.redrive?.gate ?? null,
    phases: standing.phases.map((phase) => toPhase(phase, verdictOf(phase, order.redrive?.gate, now))),
    failing_per_min: order.redrive && {
      before: rounded(standing.failingBefore),
      now: rounded(failingNow),
    },
  };
}

function countsOf(operation: Operation) {
  const { jobs, book, order } = operation;
  if (jobs === null) return togetherCounts(operation);
  return { matched: order.matched, done: book.done, ...book.counts };
}

function etaOf(left: number, perSecond: number | null): number | null {
  return perSecond === null || perSecond <= 0 ? null : Math.ceil(left / perSecond);
}

function toPhase(phase: Phase, verdict: string | null): OperationPhase {
  return {
    number: phase.number,
    target: phase.target,
    state: phase.state,
    size: phase.size,
    retried: phase.retried,
    skipped: phase.skipped,
    started: phase.started,
    completed_again: phase.completedAgain,
    failed_again: phase.failedAgain,
    gone: phase.gone,
    still_open: openIn(phase),
    verdict,
    overruled_by: phase.overruled?.by ?? null,
    failing_shapes: phase.failingShapes.map(({ shapeId, title, count }) => ({
      shape_id: shapeId,
      title,
      count,
    })),
    audit_id: phase.auditId,
    started_at: isoOrNull(phase.startedAt),
    settles_at: isoOrNull(phase.settlesAt),
    finished_at: isoOrNull(phase.finishedAt),
  };
}
