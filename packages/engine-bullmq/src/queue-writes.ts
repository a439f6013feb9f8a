import { EngineError } from "@spillway/engine";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { runScript } from "./run-script.ts";
import { SET_PAUSED } from "./scripts/set-paused.ts";

/** Pauses or resumes; idempotent. A resume goes on until a paused list of an older fleet is empty. */
export async function setPaused(parts: EngineParts, queue: string, paused: boolean): Promise<void> {
  await parts.discovery.require(queue);
  const base = baseOf(parts.prefix, queue);
  let tell = "1";
  let left: number;
  do {
    const args = [paused ? "paused" : "resumed", tell];
    left = Number(await parts.connection.write((redis) => runScript(redis, SET_PAUSED, [base], args)));
    tell = "0";
  } while (left > 0);
  if (left < 0) throw new EngineError("queue_not_found", "There is no such queue any more.");
}
