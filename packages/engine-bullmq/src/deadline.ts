import { EngineError } from "@spillway/engine";
import type { EngineParts } from "./engine-parts.ts";
import { outcomeUnknown } from "./fault.ts";

/** A write answers within 5 s or says that it does not know. */
const DEADLINE_MS = 4_800;

/** What a write of several steps comes to, or `outcome_unknown` if that takes too long. */
export async function withinDeadline<T>(parts: EngineParts, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const stop = parts.clock.after(DEADLINE_MS, () => late.reject(outcomeUnknown(parts.connection.name)));
  try {
    return await Promise.race([work(), late.promise]);
  } finally {
    stop();
  }
}

/** After the first step, that Redis can't be used says no longer that nothing happened. */
export function stillUnknown(parts: EngineParts, error: unknown): unknown {
  const isNotAsked = error instanceof EngineError && error.code === "unavailable";
  return isNotAsked ? outcomeUnknown(parts.connection.name, error) : error;
}
