import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { list, number, text } from "./reply.ts";
import { runScript } from "./run-script.ts";
import { LOCATE } from "./scripts/locate.ts";

/** Members of a list that one script reads: a few ms. */
const PART = 10_000;
/** Parts overlap by what workers may take between two of them: it moves jobs from one to the other. */
const OVERLAP = 1_000;
/** What a walk through a list may take; a list of a million takes about a third of it. */
const PATIENCE_MS = 2_000;

export interface Located {
  /** As the scripts take it, see scripts/find-in-lists.ts. */
  hint: string;
  /** From which end it is taken out: a list is searched for what is struck from the nearer one. */
  end: "head" | "tail" | null;
}

const NOWHERE: Located = { hint: "none", end: null };

/**
 * Finds jobs in the lists of a queue, part by part, beginning where jobs were found last. The answer is a hint: it may be
 * outdated when it is used. Null for a job that was not met before patience ended.
 */
export async function locate(
  parts: EngineParts,
  queue: string,
  ids: readonly string[],
): Promise<Map<string, Located | null>> {
  const found = new Map<string, Located | null>();
  const giveUpAt = parts.clock.now() + PATIENCE_MS;
  let complete = true;
  for (const name of ["wait", "paused"] as const) {
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length === 0) break;
    const walk = await walkList(parts, queue, name, missing, giveUpAt);
    complete &&= walk.complete;
    for (const [id, located] of walk.found) found.set(id, located);
  }
  for (const id of ids) if (!found.has(id)) found.set(id, complete ? NOWHERE : null);
  return found;
}

async function walkList(
  parts: EngineParts,
  queue: string,
  name: "wait" | "paused",
  ids: readonly string[],
  giveUpAt: number,
): Promise<{ found: Map<string, Located>; complete: boolean }> {
  const key = `${baseOf(parts.prefix, queue)}${name}`;
  const wanted = new Set(ids);
  const found = new Map<string, Located>();
  const size = await parts.connection.read((redis) => redis.llen(key));
  for (const part of partsOf(size, parts.lastFound.get(key) ?? 0)) {
    if (wanted.size === 0) break;
    if (parts.clock.now() > giveUpAt) return { found, complete: false };
    const args = [-(part + 1) * PART, Math.min(-1, OVERLAP - part * PART - 1), ...wanted];
    const reply = list(await parts.connection.read((redis) => runScript(redis, LOCATE, [key], args)));
    const sizeNow = number(reply[0]) ?? 0;
    for (let i = 1; i < reply.length; i += 2) {
      const id = text(reply[i]) ?? "";
      const fromTail = number(reply[i + 1]) ?? 0;
      wanted.delete(id);
      found.set(id, { hint: `${name} ${fromTail}`, end: -fromTail * 2 > sizeNow ? "head" : "tail" });
      parts.lastFound.set(key, part);
    }
  }
  return { found, complete: true };
}

/** The parts of a list, counted from its tail, beginning with one and going away from it to both sides. */
function* partsOf(size: number, start: number): Generator<number> {
  // What arrived meanwhile is at the head, one part more; what was taken meanwhile moved the others to the tail.
  const count = Math.ceil(size / PART) + 1;
  const first = Math.min(start, count - 1);
  yield first;
  for (let step = 1; step < count; step += 1) {
    if (first - step >= 0) yield first - step;
    if (first + step < count) yield first + step;
  }
}
