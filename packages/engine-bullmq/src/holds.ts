import { checkHold, type HoldOptions, type HoldRecord, type Slice } from "@spillway/engine";
import { stillUnknown, withinDeadline } from "./deadline.ts";
import type { EngineParts } from "./engine-parts.ts";
import { baseOf } from "./keys.ts";
import { locate } from "./locate.ts";
import { isRecord, list, number, parseJson, text } from "./reply.ts";
import { runScript, runScripts, type Script } from "./run-script.ts";
import { HELD_IDS } from "./scripts/held-ids.ts";
import { HOLD_WAITING, LIST_HOLDS, NEXT_RUNS_IN_LISTS } from "./scripts/hold-waiting.ts";
import { PURGE_HELD, RELEASE_HELD } from "./scripts/walk-hold.ts";

/** Jobs in one script: keeps another client's wait at some 10 ms. */
const RELEASED_AT_ONCE = 500;
const PURGED_AT_ONCE = 200;
/** After so long a call answers with what was done until then. */
const PATIENCE_MS = 3_500;

interface Moved {
  moved: number;
  left: number;
}

/** Moves all that waits aside at once; next runs of schedules stay. Resolves to how many. */
export async function holdWaiting(
  parts: EngineParts,
  queue: string,
  hold: HoldOptions,
  { includeDelayed }: { includeDelayed: boolean },
): Promise<number> {
  checkHold(hold);
  await parts.discovery.require(queue);
  return withinDeadline(parts, async () => {
    const base = baseOf(parts.prefix, queue);
    const runs = list(
      await parts.connection.read((redis) => runScript(redis, NEXT_RUNS_IN_LISTS, [base], [])),
    ).map((id) => text(id) ?? "");
    const located = runs.length === 0 ? [] : [...(await locate(parts, queue, runs))];
    const hints = located.flatMap(([id, where]) => [id, where?.hint ?? ""]);
    const args = [hold.id, hold.until, parts.clock.now(), includeDelayed ? 1 : 0, ...hints];
    return Number(await parts.connection.write((redis) => runScript(redis, HOLD_WAITING, [base], args)));
  });
}

/** All holds of all known queues, in one round trip. */
export async function listHolds(parts: EngineParts, signal?: AbortSignal): Promise<HoldRecord[]> {
  const names = await parts.discovery.names(signal);
  const calls = names.map((queue) => ({ keys: [baseOf(parts.prefix, queue)], args: [] }));
  const { replies } = await parts.connection.read((redis) => runScripts(redis, LIST_HOLDS, calls), signal);
  return replies.flatMap((reply, i) => list(reply).map((raw) => holdRecord(names[i] ?? "", raw)));
}

/** A page of the ids of one hold. */
export async function heldIds(
  parts: EngineParts,
  queue: string,
  holdId: string,
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal },
): Promise<Slice<string>> {
  await parts.discovery.require(queue);
  const base = baseOf(parts.prefix, queue);
  const args = [holdId, offset, limit];
  const reply = await parts.connection.read((redis) => runScript(redis, HELD_IDS, [base], args), signal);
  const [total, ids] = list(reply);
  return { rows: list(ids).map((id) => text(id) ?? ""), total: number(total) ?? 0 };
}

function holdRecord(queue: string, reply: unknown): HoldRecord {
  const [id, record, count] = list(reply);
  const told = parseJson(text(record));
  const { heldAt, until } = isRecord(told) ? told : {};
  return {
    id: text(id) ?? "",
    queue,
    count: number(count) ?? 0,
    heldAt: Number(heldAt ?? 0),
    until: Number(until ?? 0),
  };
}

/** Puts up to `limit` held jobs back where they were; fewer if it takes longer than a write may. */
export function releaseHeld(
  parts: EngineParts,
  queue: string,
  holdId: string,
  limit: number,
): Promise<Moved> {
  return walk(parts, queue, holdId, limit, RELEASE_HELD, RELEASED_AT_ONCE);
}

/** Deletes up to `limit` held jobs; fewer if it takes longer than a write may. */
export function purgeHeld(parts: EngineParts, queue: string, holdId: string, limit: number): Promise<Moved> {
  return walk(parts, queue, holdId, limit, PURGE_HELD, PURGED_AT_ONCE);
}

async function walk(
  parts: EngineParts,
  queue: string,
  holdId: string,
  limit: number,
  script: Script,
  atOnce: number,
): Promise<Moved> {
  const { connection, clock, discovery } = parts;
  await discovery.require(queue);
  const base = baseOf(parts.prefix, queue);
  const startedAt = clock.now();
  const total = { moved: 0, left: 0 };
  return withinDeadline(parts, async () => {
    for (let steps = 0; ; steps += 1) {
      const args = [holdId, Math.min(atOnce, limit - total.moved), clock.now()];
      const reply = await connection
        .write((redis) => runScript(redis, script, [base], args))
        .catch((error: unknown) => Promise.reject(steps === 0 ? error : stillUnknown(parts, error)));
      const [moved = 0, left = 0, taken = 0] = list(reply).map((n) => number(n) ?? 0);
      total.moved += moved;
      total.left = left;
      const isLate = clock.now() - startedAt > PATIENCE_MS;
      if (left === 0 || taken === 0 || total.moved >= limit || isLate) return total;
    }
  });
}
