import type { Clock } from "@spillway/engine";
import { EngineError } from "@spillway/engine";
import { invalid } from "../http/problem.ts";
import type { Ground, Work } from "./ground.ts";
import type { Operation } from "./operation.ts";
import type { Ending } from "./run/act-on-chunks.ts";
import { conclude } from "./run/conclude.ts";

/** Further ahead nobody knows what the jobs that were counted will be. Ms. */
const FURTHEST_MS = 7 * 24 * 3_600_000;
/** Nobody expects any more what comes later than this: a console that was down does not make up for it. Ms. */
const MOST_LATE_MS = 10 * 60_000;
/** How often it is looked whether another that does the same in the queue has ended. Ms. */
const LOOK_MS = 1_000;

/** When an operation is to begin, epoch ms; null: at once. Throws `invalid_request` for what is too far ahead. */
export function startsAtOf(clock: Clock, text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  const at = Date.parse(text);
  if (at > clock.now() + FURTHEST_MS) throw invalid("starts_at", "It can begin within a week at most.");
  return at > clock.now() ? at : null;
}

/** Does the work when its time has come. */
export function whenDue(work: Work): Work {
  return async (ground, operation, licence) => {
    const ending = await awaitStart(ground, operation);
    return ending === null ? work(ground, operation, licence) : conclude(ground, operation, licence, ending);
  };
}

/** Null once it may begin. */
async function awaitStart(ground: Ground, operation: Operation): Promise<Ending | null> {
  const { valve, standing, order } = operation;
  const { clock } = ground;
  const due = order.startsAt ?? clock.now();
  if (!valve.isPaused && clock.now() > due + MOST_LATE_MS)
    return { how: "failed", error: new EngineError("refused", missed(due)) };
  while (await valve.open()) {
    const other = clock.now() < due ? undefined : ground.other(operation);
    if (clock.now() >= due && other === undefined) break;
    tell(
      ground,
      operation,
      other && `It begins when what ${other.order.actor} began in ${order.queue} has ended.`,
    );
    await valve.sleep(other === undefined ? due - clock.now() : LOOK_MS);
  }
  if (valve.stopped !== null) return { how: valve.stopped };
  standing.startedAt = clock.now();
  standing.note = null;
  standing.failingBefore &&= ground.sampled(order.queue)?.rates.failed_attempts_per_min ?? null;
  operation.become("running");
  ground.stands(operation);
  return null;
}

function tell(ground: Ground, operation: Operation, note: string | undefined): void {
  if (operation.standing.note === (note ?? null)) return;
  operation.standing.note = note ?? null;
  ground.stands(operation);
}

function missed(due: number): string {
  const at = `${new Date(due).toISOString().slice(0, 16).replace("T", " ")}Z`;
  return `It was to begin at ${at}, when the console was not running: nothing was done.`;
}
