import type { OperationPhase, PhaseTarget } from "@spillway/contract/schemas";

/** A kind of error that jobs of a phase failed with again. */
export interface FailingShape {
  shapeId: string;
  /** Redacted. */
  title: string;
  count: number;
}

/** One phase of a redrive and how it stands. Times are epoch ms. */
export interface Phase {
  number: number;
  target: PhaseTarget;
  /** How many jobs the target comes to. */
  size: number;
  state: OperationPhase["state"];
  retried: number;
  skipped: number;
  started: number;
  completedAgain: number;
  failedAgain: number;
  gone: number;
  verdict: string | null;
  /** Who went on although it had not passed; null if nobody did. */
  overruled: { by: string; isEarly: boolean } | null;
  failingShapes: FailingShape[];
  auditId: string | null;
  startedAt: number | null;
  /** When the last of its jobs was put back; null while more are to come. */
  retriedAt: number | null;
  /** When the last of them that started did so. */
  lastStartedAt: number | null;
  settlesAt: number | null;
  finishedAt: number | null;
}

export function newPhase(number: number, target: PhaseTarget, size: number): Phase {
  return {
    number,
    target,
    size,
    state: "waiting",
    retried: 0,
    skipped: 0,
    started: 0,
    completedAgain: 0,
    failedAgain: 0,
    gone: 0,
    verdict: null,
    overruled: null,
    failingShapes: [],
    auditId: null,
    startedAt: null,
    retriedAt: null,
    lastStartedAt: null,
    settlesAt: null,
    finishedAt: null,
  };
}

/** Jobs of a phase whose fate is not known yet. */
export function openIn({ retried, completedAgain, failedAgain, gone }: Phase): number {
  return retried - completedAgain - failedAgain - gone;
}
