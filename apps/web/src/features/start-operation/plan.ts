import type { Gate, PhaseTarget } from "@spillway/contract/schemas";

/** As it is typed. */
export interface PhaseDraft {
  kind: "count" | "percent" | "rest";
  /** The number; of no meaning for the rest. */
  text: string;
}

export interface GateDraft {
  /** Per cent of a phase that may fail again. */
  failing: string;
  /** Per cent whose fate must be known. */
  known: string;
  /** Seconds. */
  settle: string;
  advance: Gate["advance"];
  onRegression: Gate["on_regression"];
}

export interface PlanDraft {
  phases: readonly PhaseDraft[];
  gate: GateDraft;
}

/** What is right nearly always: a few that stand for all, a tenth, the rest, each begun by whoever looked at the one before. */
export const usualPlan: PlanDraft = {
  phases: [
    { kind: "count", text: "10" },
    { kind: "percent", text: "10" },
    { kind: "rest", text: "" },
  ],
  gate: { failing: "5", known: "90", settle: "60", advance: "manual", onRegression: "stop" },
};

export const mostPhases = 10;

const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** A phase as the server takes it, or null where it can't be. */
export function targetOf({ kind, text }: PhaseDraft): PhaseTarget | null {
  const number = numberOf(text);
  if (kind === "rest") return { rest: true };
  if (kind === "percent") return number > 0 && number <= 100 ? { percent: number } : null;
  return Number.isInteger(number) && number >= 1 && number <= 1_000_000 ? { count: number } : null;
}

/** What is wrong with a phase, as a sentence, or null. */
export function phaseComplaint(phase: PhaseDraft, isLast: boolean): string | null {
  if (phase.kind === "rest") return isLast ? null : "Only the last phase can be the rest.";
  if (targetOf(phase) !== null) return null;
  return phase.kind === "percent" ? "More than 0, at most 100." : "A whole number from 1.";
}

interface GateComplaints {
  failing: string | null;
  known: string | null;
  settle: string | null;
}

export function gateComplaints({ failing, known, settle }: GateDraft): GateComplaints {
  const within = (text: string, low: number, high: number) => numberOf(text) >= low && numberOf(text) <= high;
  return {
    failing: within(failing, 0, 100) ? null : "From 0 to 100.",
    known: within(known, 1, 100) ? null : "From 1 to 100.",
    settle: within(settle, 1, 86_400) ? null : "From 1 to 86,400 seconds.",
  };
}

export const gateOf = ({ failing, known, settle, advance, onRegression }: GateDraft): Gate => ({
  max_failure_rate: numberOf(failing) / 100,
  min_settled: numberOf(known) / 100,
  settle_s: numberOf(settle),
  advance,
  on_regression: onRegression,
});

/** What is sent, or null while something typed can't be. */
export function planOf({ phases, gate }: PlanDraft): { phases: PhaseTarget[]; gate: Gate } | null {
  const targets = phases.map(targetOf);
  const wrong =
    phases.some((phase, index) => phaseComplaint(phase, index === phases.length - 1) !== null) ||
    Object.values(gateComplaints(gate)).some((complaint) => complaint !== null);
  return wrong || targets.length === 0
    ? null
    : { phases: targets.filter((target) => target !== null), gate: gateOf(gate) };
}
