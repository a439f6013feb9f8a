import { EngineError } from "@spillway/engine";
import type { Licence } from "../commands/index.ts";
import type { Ground } from "./ground.ts";
import type { Operation } from "./operation.ts";
import type { OperationsDeps } from "./operations.ts";
import { conclude } from "./run/conclude.ts";

/** How long an audit that can't be written is waited for before it is tried again. Ms. */
const AGAIN_MS = 5_000;

export interface TakeUpDeps extends Pick<OperationsDeps, "door" | "log" | "clock"> {
  ground: Ground;
  set: (operation: Operation, licence: Licence) => void;
}

/** Goes on with an operation of an earlier process, under the record it was begun by. */
export async function takeUp(deps: TakeUpDeps, operation: Operation, isOurs: boolean): Promise<void> {
  const { standing, valve } = operation;
  if (standing.state === "paused") valve.pause();
  if (standing.cancelledBy !== null) valve.stop("cancelled");
  const licence = await licenceOf(deps, operation);
  if (licence === null) return;
  standing.record = {
    id: licence.id,
    intent: licence.intent,
    isSettled: standing.record?.isSettled ?? false,
  };
  if (isOurs) return deps.set(operation, licence);
  const sentence = "It was begun on another engine: its jobs are not these.";
  await conclude(deps.ground, operation, licence, {
    how: "failed",
    error: new EngineError("refused", sentence),
  });
}

/** Without a record nothing is done: it is waited for. Null if the process goes away first, or there never was one. */
async function licenceOf(deps: TakeUpDeps, { standing, valve, id }: Operation): Promise<Licence | null> {
  const { record } = standing;
  while (record !== null && valve.stopped !== "left") {
    try {
      return await deps.door.resume(record);
    } catch (error) {
      deps.log.error("An operation can't go on: the audit can't be written.", { error, operation: id });
      await valve.sleep(AGAIN_MS);
    }
  }
  return null;
}
