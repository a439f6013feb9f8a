import { count, duration, percent } from "../words.ts";

/** When a phase is good enough. Shares 0–1, ms. */
export interface PhaseGate {
  /** Share of the phase's jobs that may fail again. */
  maxFailureRate: number;
  /** Share whose fate must be known before the phase is judged. */
  minSettled: number;
  /** How long a job is given from its start until its fate counts as open. */
  settleMs: number;
}

/** What became of the jobs of a phase so far. */
export interface PhaseTally {
  started: number;
  completedAgain: number;
  /** At their first failed attempt. */
  failedAgain: number;
  /** Vanished without having been seen to complete: never counted as success. */
  gone: number;
}

export interface PhaseFigures {
  gate: PhaseGate;
  /** How many jobs were retried, or will be. */
  size: number;
  tally: PhaseTally;
  /** When the last of them was put back; null while more are to come. Epoch ms. */
  retriedAt: number | null;
  /** When the last of them that started did so; null if none has. Epoch ms. */
  lastStartedAt: number | null;
  now: number;
}

export interface PhaseVerdict {
  state: "settling" | "passed" | "regressed" | "undecided";
  /** For the operator and the audit. */
  sentence: string;
  /** When time alone may change it; null if only a job can. Epoch ms. */
  lookAgainAt: number | null;
}

/** From so many jobs on a single failure tells nothing: every queue has its ordinary ones. */
const ONE_IS_ORDINARY_OF = 10;

/** How many of a phase may fail again: ten of 210 at 5 %, one of 10, none of 9; none at all if the gate allows none. */
export function allowedFailures(gate: PhaseGate, size: number): number {
  const ordinary = gate.maxFailureRate > 0 && size >= ONE_IS_ORDINARY_OF ? 1 : 0;
  return Math.max(ordinary, Math.floor(gate.maxFailureRate * size + 1e-9));
}

/**
 * Is it safe to go on? Regressed as soon as more failed again than the gate allows, whatever is still open; passed once
 * all are known, or enough are and the last had its time; undecided if time is up for all and too few are known. A job
 * that has not started yet (a paused queue, a backlog) keeps the phase open without an end: its time has not begun.
 */
export function judgePhase(figures: PhaseFigures): PhaseVerdict {
  const { gate, size, tally, retriedAt, lastStartedAt, now } = figures;
  const bad = tally.failedAgain + tally.gone;
  const allowed = allowedFailures(gate, size);
  const told = tell(figures, allowed);
  if (bad > allowed) return { state: "regressed", sentence: told, lookAgainAt: null };
  if (retriedAt === null) return { state: "settling", sentence: told, lookAgainAt: null };
  const settled = tally.completedAgain + bad;
  if (settled >= size) return { state: "passed", sentence: told, lookAgainAt: null };
  const unstarted = size - Math.max(tally.started, settled);
  if (unstarted > 0) {
    const sentence = `${told} ${count(unstarted, "job")} ${unstarted === 1 ? "has" : "have"} not started yet.`;
    return { state: "settling", sentence, lookAgainAt: null };
  }
  const until = Math.max(retriedAt, lastStartedAt ?? retriedAt) + gate.settleMs;
  if (now < until) return { state: "settling", sentence: told, lookAgainAt: until };
  if (settled >= gate.minSettled * size) return { state: "passed", sentence: told, lookAgainAt: null };
  const needs = `${percent(settled / size)} are known after ${duration(gate.settleMs)}, ${percent(gate.minSettled)} are needed.`;
  return { state: "undecided", sentence: `${told} Only ${needs}`, lookAgainAt: null };
}

/** `168 of 210 completed, 2 failed again (1.2 % of those known; 10 allowed), 40 open.` */
function tell({ size, tally }: PhaseFigures, allowed: number): string {
  const { completedAgain, failedAgain, gone } = tally;
  if (size === 0) return "No job was left to retry.";
  const bad = failedAgain + gone;
  const settled = completedAgain + bad;
  const share = bad === 0 || settled === 0 ? "" : `${percent(bad / settled)} of those known; `;
  const parts = [
    `${completedAgain} of ${count(size, "job")} completed`,
    `${failedAgain} failed again (${share}${allowed} allowed)`,
    ...(gone > 0 ? [`${gone} vanished unseen`] : []),
    ...(size > settled ? [`${size - settled} open`] : []),
  ];
  return `${parts.join(", ")}.`;
}
