import { EngineError } from "@spillway/engine";
import { count } from "@spillway/triage";
import type { Licence } from "../../commands/index.ts";
import type { Ground, Work } from "../ground.ts";
import type { Held, Operation } from "../operation.ts";
import { awayNote, type Ending } from "../run/act-on-chunks.ts";
import { leave, outcomeOf } from "../run/conclude.ts";
import { persevere } from "../run/persevere.ts";

/** Held jobs put back or deleted in one call. */
const AT_ONCE = 500;

export const GONE = "The held jobs are gone: another console put them back or deleted them.";

/** What is done with held jobs. */
interface Emptying {
  during: "restoring" | "purging";
  after: "restored" | "purged";
  call: "releaseHeld" | "purgeHeld";
  done: (jobs: string, by: string) => string;
  stopped: (jobs: string, by: string) => string;
}

const RESTORE: Emptying = {
  during: "restoring",
  after: "restored",
  call: "releaseHeld",
  done: (jobs, by) => `${jobs} put back by ${by}.`,
  stopped: (jobs, by) => `Putting back was stopped by ${by}: ${jobs} still held.`,
};
const PURGE: Emptying = {
  during: "purging",
  after: "purged",
  call: "purgeHeld",
  done: (jobs, by) => `${jobs} deleted for good by ${by}.`,
  stopped: (jobs, by) => `Deleting for good was stopped by ${by}: ${jobs} still held.`,
};

/** Puts held jobs back to where they were. */
export const workRestore: Work = (ground, operation, licence) => empty(ground, operation, licence, RESTORE);
/** Deletes held jobs for good. */
export const workPurge: Work = (ground, operation, licence) => empty(ground, operation, licence, PURGE);

async function empty(
  ground: Ground,
  operation: Operation,
  licence: Licence,
  emptying: Emptying,
): Promise<void> {
  const { standing, speed } = operation;
  const held: Held = standing.held ?? { state: "held", moved: 0, left: 0 };
  standing.held = { ...held, state: emptying.during };
  speed.restart();
  const seen = { moved: 0, left: held.left };
  const ending = await emptyOut(ground, operation, emptying, seen);
  speed.restart();
  const counts = { succeeded: seen.moved, skipped: 0, failed: 0, unknown: 0, left: seen.left };
  if (ending.how === "left") return leave(ground, operation, licence, counts);
  const by = licence.intent.actor.name;
  standing.held = heldAfter(held, emptying, seen);
  standing.note = noteOf(emptying, ending, seen, ending.how === "cancelled" ? standing.cancelledBy : by);
  standing.activity = null;
  standing.record = null;
  standing.finishedAt = ground.clock.now();
  operation.become(standing.endedAs ?? "done");
  ground.stands(operation);
  await licence.settle(outcomeOf(operation, ending, counts));
}

function heldAfter(
  held: Held,
  { after }: Emptying,
  { moved, left }: { moved: number; left: number },
): Held | null {
  if (left > 0) return { ...held, state: "held", left };
  return moved === 0 ? null : { ...held, state: after, left };
}

/** `seen` is kept true all along. */
async function emptyOut(
  ground: Ground,
  operation: Operation,
  { during, call }: Emptying,
  seen: { moved: number; left: number },
): Promise<Ending> {
  const { clock, engine } = ground;
  const { valve, order, standing, speed, id } = operation;
  const tell = (note: string | null): void => {
    standing.note = note;
    ground.stands(operation);
  };
  const patience = {
    clock,
    valve,
    away: (since: number, error: EngineError) => tell(awayNote(engine.info.name, since, error)),
    back: () => tell(null),
  };
  const found = await persevere(patience, () => engine.holds());
  if ("failed" in found) return { how: "failed", error: found.failed };
  if ("stopped" in found) return { how: valve.stopped ?? "cancelled" };
  seen.left = found.got.find((hold) => hold.id === id)?.count ?? 0;
  if (seen.left === 0) return { how: "failed", error: new EngineError("refused", GONE) };
  while (await valve.open()) {
    const answer = await persevere(patience, () => engine[call](order.queue, id, AT_ONCE));
    if ("failed" in answer) return { how: "failed", error: answer.failed };
    if ("stopped" in answer) break;
    const { moved, left } = answer.got;
    // A call whose answer was lost moved some as well: what is left tells.
    seen.moved += Math.max(moved, seen.left - left);
    seen.left = left;
    if (standing.held !== null) standing.held = { ...standing.held, state: during, left };
    speed.mark(clock.now(), seen.moved);
    if (left === 0) return { how: "finished" };
    ground.moved(operation);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { how: valve.stopped ?? "cancelled" };
}

function noteOf(
  { done, stopped }: Emptying,
  ending: Ending,
  { moved, left }: { moved: number; left: number },
  by: string | null,
): string {
  const were = (jobs: number): string => `${count(jobs, "job")} ${jobs === 1 ? "was" : "were"}`;
  const are = (jobs: number): string => `${count(jobs, "job")} ${jobs === 1 ? "is" : "are"}`;
  if (ending.how === "finished") return done(were(moved), by ?? "the console");
  if (ending.how === "failed") {
    const why = ending.error instanceof EngineError ? ending.error.message : "Something went wrong here.";
    return left === 0 ? why : `${why} ${are(left)} still held.`;
  }
  return stopped(are(left), by ?? "the console");
}
