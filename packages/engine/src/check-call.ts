import { EngineError } from "./errors.ts";
import { type JobTarget, type ManyAction, MOST_TARGETS } from "./many-records.ts";
import type { HoldOptions, ManyOptions } from "./port.ts";

const RECEIPT = /^[A-Za-z0-9:_-]{1,100}$/;
const HOLD_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** What no engine takes from `actOnJobs`. Throws `refused`. */
export function checkManyCall(action: ManyAction, targets: readonly JobTarget[], options: ManyOptions): void {
  if (targets.length > MOST_TARGETS)
    throw new EngineError(
      "refused",
      `At most ${MOST_TARGETS} jobs can be acted on in one call, not ${targets.length}.`,
    );
  if (!RECEIPT.test(options.receipt))
    throw new EngineError("refused", "A receipt has 1 to 100 characters of A-Z, a-z, 0-9, : _ and -.");
  if (!options.hold) return;
  if (action !== "remove")
    throw new EngineError("refused", `Jobs are held when they are removed, not by ${action}.`);
  checkHold(options.hold);
}

/** Throws `refused` for a hold whose id no engine can keep. */
export function checkHold({ id }: HoldOptions): void {
  if (!HOLD_ID.test(id))
    throw new EngineError("refused", "The id of a hold has 1 to 64 characters of A-Z, a-z, 0-9, _ and -.");
}
