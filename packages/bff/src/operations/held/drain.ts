import { EngineError } from "@spillway/engine";
import { count } from "@spillway/triage";
import type { Ground, Work } from "../ground.ts";
import type { Operation } from "../operation.ts";
import { awayNote, type Ending } from "../run/act-on-chunks.ts";
import { conclude } from "../run/conclude.ts";
import { persevere } from "../run/persevere.ts";

/** When it is looked whether the jobs were moved after all. Ms after the one before. */
const LOOK_AFTER_MS = [0, 2_000, 10_000, 30_000];

/** Moves all waiting jobs aside in one step. Asked once: a second time would take jobs that came since. */
export const workDrain: Work = async (ground, operation, licence) => {
  const { standing } = operation;
  const ending = standing.isAsked ? await lookForIt(ground, operation) : await moveAside(ground, operation);
  const { moved } = standing;
  const unknown = ending.how === "failed" && standing.isAsked ? operation.order.matched : 0;
  const counts = { succeeded: moved ?? 0, skipped: 0, failed: 0, unknown, left: 0 };
  await conclude(ground, operation, licence, ending, { counts, note: whyOthers(operation) });
};

/** Jobs come and go between being counted and being moved. */
function whyOthers({ order: { matched }, standing: { moved } }: Operation): string | null {
  if (moved === null || moved === matched) return null;
  return `${count(matched, "job")} waited when it was ordered, ${count(moved, "job")} when they were moved.`;
}

async function moveAside(ground: Ground, operation: Operation): Promise<Ending> {
  const { clock, engine } = ground;
  const { order, valve, standing } = operation;
  if (!(await valve.open())) return { how: valve.stopped ?? "cancelled" };
  standing.isAsked = true;
  await ground.kept(operation);
  const answer = await persevere(
    {
      clock,
      valve,
      repeatable: false,
      away: (since, error) => note(ground, operation, awayNote(engine.info.name, since, error)),
      back: () => note(ground, operation, null),
    },
    () =>
      engine.holdWaiting(
        order.queue,
        { id: order.id, until: order.holdUntil ?? clock.now() },
        { includeDelayed: order.includeDelayed },
      ),
  );
  if ("got" in answer) return tookAside(operation, answer.got);
  if ("stopped" in answer) return { how: valve.stopped ?? "cancelled" };
  if (answer.maybe) return lookForIt(ground, operation);
  standing.isAsked = false;
  return { how: "failed", error: answer.failed };
}

function tookAside({ standing }: Operation, moved: number): Ending {
  standing.moved = moved;
  standing.held = moved === 0 ? null : { state: "held", moved, left: moved };
  return { how: "finished" };
}

/** Nobody knows whether it took effect: the hold itself tells. */
async function lookForIt(ground: Ground, operation: Operation): Promise<Ending> {
  const { valve, id } = operation;
  note(ground, operation, "The engine did not answer; it is being looked whether the jobs were moved.");
  for (const ms of LOOK_AFTER_MS) {
    if (ms > 0) await valve.sleep(ms);
    if (valve.stopped === "left") return { how: "left" };
    const found = await ground.engine.holds().catch(() => []);
    const hold = found.find((one) => one.id === id);
    if (hold !== undefined) return tookAside(operation, hold.count);
  }
  const sentence = "The engine did not answer: it is not known whether the jobs were moved aside.";
  return { how: "failed", error: new EngineError("outcome_unknown", sentence) };
}

function note(ground: Ground, operation: Operation, text: string | null): void {
  operation.standing.note = text;
  ground.stands(operation);
}
