import { type CleanOptions, type DrainOptions, EngineError } from "@spillway/engine";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { list, number } from "./reply.ts";
import { runScript } from "./run-script.ts";
import { REMOVE_CHUNK } from "./scripts/remove-chunk.ts";
import { SET_PAUSED } from "./scripts/set-paused.ts";

/** Jobs in one script: BullMQ's own drain and clean hold Redis for seconds. */
const CHUNK = 200;

type Place = "wait" | "paused" | "prioritized" | "delayed" | "completed" | "failed";

const WAITING: readonly Place[] = ["wait", "paused", "prioritized"];

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

/** Deletes what waits now, in chunks. Next runs of schedules and children of drained parents stay. */
export async function drainQueue(parts: EngineParts, queue: string, options: DrainOptions): Promise<number> {
  const places: Place[] = options.includeDelayed ? [...WAITING, "delayed"] : [...WAITING];
  return removeFrom(parts, queue, places, { before: null, limit: Number.POSITIVE_INFINITY });
}

/** Deletes jobs that have been in a state for longer; where BullMQ can't tell for how long, the job stays. */
export async function cleanQueue(parts: EngineParts, queue: string, options: CleanOptions): Promise<number> {
  const places: readonly Place[] = options.state === "waiting" ? WAITING : [options.state];
  const before = options.olderThanMs <= 0 ? null : parts.clock.now() - options.olderThanMs;
  return removeFrom(parts, queue, places, { before, limit: options.limit });
}

async function removeFrom(
  parts: EngineParts,
  queue: string,
  places: readonly Place[],
  { before, limit }: { before: number | null; limit: number },
): Promise<number> {
  await parts.discovery.require(queue);
  let removed = 0;
  for (const place of places) {
    // What arrives meanwhile is not part of it.
    let left = await sizeOf(parts, queue, place);
    let passed = 0;
    while (left > 0 && removed < limit) {
      const chunk = await removeChunk(parts, queue, [
        place,
        Math.min(CHUNK, left),
        passed,
        before ?? "",
        Math.min(CHUNK, limit - removed),
      ]);
      if (chunk.seen === 0) break;
      removed += chunk.removed;
      passed += chunk.passed;
      left -= chunk.seen;
    }
  }
  return removed;
}

async function removeChunk(parts: EngineParts, queue: string, args: readonly (string | number)[]) {
  const reply = await parts.connection.write((redis) =>
    runScript(redis, REMOVE_CHUNK, [baseOf(parts.prefix, queue)], args),
  );
  const [removed, passed, seen] = list(reply).map((n) => number(n) ?? 0);
  return { removed: removed ?? 0, passed: passed ?? 0, seen: seen ?? 0 };
}

function sizeOf(parts: EngineParts, queue: string, place: Place): Promise<number> {
  const key = `${baseOf(parts.prefix, queue)}${place}`;
  return parts.connection.read((redis) =>
    place === "wait" || place === "paused" ? redis.llen(key) : redis.zcard(key),
  );
}
