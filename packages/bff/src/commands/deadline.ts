import { type Clock, EngineError } from "@spillway/engine";

/** How long a write may take before its outcome is called unknown. Ms. */
export const DEADLINE_MS = 5_000;

/** Rejects with `outcome_unknown` if the effect has not settled in time; the effect itself goes on. */
export async function withinDeadline<T>(clock: Clock, effect: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = clock.after(DEADLINE_MS, () =>
    late.reject(
      new EngineError(
        "outcome_unknown",
        `No answer within ${DEADLINE_MS / 1000} s. It may or may not take effect, and is not repeated.`,
      ),
    ),
  );
  try {
    return await Promise.race([effect, late.promise]);
  } finally {
    cancel();
  }
}
