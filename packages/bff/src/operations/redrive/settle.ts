import type { Gate } from "@spillway/contract/schemas";
import type { PhaseVerdict } from "@spillway/triage";
import type { Ground } from "../ground.ts";
import type { Operation } from "../operation.ts";
import type { Ending } from "../run/act-on-chunks.ts";
import { failingWords } from "./failing-shapes.ts";
import { judge } from "./judge.ts";
import type { Phase } from "./phase.ts";
import { waitsFor } from "./waits-for.ts";

export interface Settling {
  ground: Ground;
  operation: Operation;
  phase: Phase;
  gate: Gate;
  /** Nothing comes after it that a person could let begin. */
  isLast: boolean;
  /** Reads what is not clear yet, so that a verdict can say what fails. */
  lookCloser: () => Promise<void>;
  /** Called when there is a verdict, be it that there is none. */
  judged: () => Promise<void>;
  /** Called once, if more failed again than the gate allows; says what was done about it. */
  regressed: () => Promise<string>;
  /** What it said. */
  done?: string;
}

/** How often it is looked why nothing happens. Ms. */
const LOOK_AGAIN_MS = 2_000;

/** Waits until a phase may be left: by its verdict, or because a person says so. Null: the next may begin. */
export async function settle(settling: Settling): Promise<Ending | null> {
  const { ground, operation, phase } = settling;
  const { valve, standing } = operation;
  for (;;) {
    if (valve.stopped !== null) return { how: valve.stopped };
    const stood = JSON.stringify([standing.state, standing.note, phase.state]);
    const verdict = judge(phase, settling.gate, ground.clock.now());
    const goesOn = await take(settling, verdict);
    if (stood !== JSON.stringify([standing.state, standing.note, phase.state])) ground.stands(operation);
    if (valve.stopped !== null) continue;
    if (goesOn && !valve.isPaused) return leave(settling);
    const ms = (verdict.lookAgainAt ?? Number.POSITIVE_INFINITY) - ground.clock.now();
    await valve.sleep(Math.min(ms, LOOK_AGAIN_MS));
  }
}

/** Takes the verdict in; true if the next phase may begin. */
async function take(settling: Settling, verdict: PhaseVerdict): Promise<boolean> {
  const { operation, phase, gate, isLast } = settling;
  // Once it regressed it stays so: late successes don't make good what failed.
  const state = phase.state === "regressed" ? "regressed" : verdict.state;
  const isNew = phase.state !== state;
  phase.state = state;
  phase.verdict = verdict.sentence;
  phase.settlesAt = verdict.lookAgainAt;
  if (operation.advanceBy !== null) return true;
  if (isNew && state !== "settling") await onVerdict(settling);
  // At the end there is nothing to let begin.
  const goesOn = (state === "passed" && gate.advance === "auto") || (isLast && state !== "settling");
  if (state !== "passed" || !goesOn) operation.standing.note = noteOf(settling);
  if (!goesOn) operation.become(state === "settling" ? "awaiting_verdict" : "awaiting_operator");
  return goesOn;
}

async function onVerdict(settling: Settling): Promise<void> {
  const { phase, lookCloser, judged, regressed } = settling;
  if (phase.state === "regressed") {
    await lookCloser();
    settling.done = await regressed();
  }
  await judged();
}

/** Why it stands where it stands. */
function noteOf({ ground, operation, phase, isLast, done = "" }: Settling): string | null {
  const { number, state, verdict } = phase;
  if (state === "regressed") return `Phase ${number} regressed. ${verdict}${failingWords(phase)}${done}`;
  if (state === "undecided") return `Phase ${number} can't be judged. ${verdict}`;
  if (state === "settling") return waitsFor(phase, ground.sampled(operation.order.queue));
  return isLast ? null : `Phase ${number} passed; it waits for somebody to go on.`;
}

function leave({ ground, operation, phase, isLast }: Settling): null {
  const { advanceBy, standing } = operation;
  if (advanceBy !== null && phase.state !== "passed") {
    phase.overruled = { by: advanceBy, isEarly: phase.state === "settling" };
    if (phase.state === "settling") phase.state = "undecided";
  }
  operation.advanceBy = null;
  if (!isLast || phase.state === "passed") standing.note = null;
  phase.settlesAt = null;
  phase.finishedAt = ground.clock.now();
  return null;
}
