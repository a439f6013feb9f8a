import { type Clock, EngineError } from "@spillway/engine";
import type { Connection } from "./connection.ts";
import { unavailable } from "./fault.ts";
import { baseOf, metaPattern, queueOfMetaKey } from "./keys.ts";

const SCAN_COUNT = 1_000;
/**
 * Redis has no list of queues: all keys are walked, at nearly 1 µs of Redis' time a key. A small Redis is walked often, a large
 * one rarely: a walk that takes a second is followed by 50 without.
 */
export const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 600_000;
const PAUSE_PER_WALK_MS = 50;
/** Names met elsewhere that are looked up at once. */
const MOST_NOTICED = 100;
/** How long a read waits for the very first walk. */
const PATIENCE_MS = 1_300;

export interface Discovery extends Disposable {
  /** All known queues, sorted; throws `unavailable` until the first walk is through. */
  names(signal?: AbortSignal): Promise<readonly string[]>;
  /** Those known at this moment, without asking. */
  known(): { names: readonly string[]; complete: boolean };
  /** Throws `queue_not_found` unless the queue exists now; remembers it if it does. */
  require(queue: string, signal?: AbortSignal): Promise<void>;
  /** The same without asking for queues that are known: for writes on jobs, which ask for the job itself. */
  expect(queue: string): Promise<void>;
  /** Takes in queues met elsewhere, such as those of connected workers, if they exist: the next walk may be minutes away. */
  notice(queues: readonly string[]): void;
  /** A read found that it no longer exists. */
  forget(queue: string): void;
  configured(queue: string): boolean;
}

/** Finds queues by their meta keys in the background, unless they are named. */
export function createDiscovery(
  connection: Connection,
  options: { prefix: string; queues: readonly string[] | undefined; clock: Clock },
): Discovery {
  const { prefix, queues, clock } = options;
  const names = new Set(queues);
  let walking: Promise<void> | null = null;
  let complete = queues !== undefined;
  let cancel = () => {};
  let disposed = false;
  /** Queues met while a walk is under way, which it may have passed already. */
  const met = new Set<string>();
  /** Names noticed since the last walk began: each is looked up once. */
  const noticed = new Set<string>();

  async function walk(): Promise<void> {
    const began = performance.now();
    const found = new Set<string>();
    met.clear();
    noticed.clear();
    let cursor = "0";
    do {
      const [next, keys] = await connection.read((redis) =>
        redis.scan(cursor, "MATCH", metaPattern(prefix), "COUNT", SCAN_COUNT),
      );
      cursor = next;
      for (const key of keys) {
        const name = queueOfMetaKey(prefix, key);
        if (name !== null) found.add(name);
      }
    } while (cursor !== "0" && !disposed);
    names.clear();
    for (const name of [...found, ...met]) names.add(name);
    complete = true;
    const took = performance.now() - began;
    plan(Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, took * PAUSE_PER_WALK_MS)));
  }

  function plan(pause: number): void {
    cancel();
    if (!disposed) cancel = clock.after(pause, () => void start().catch(() => plan(SHORTEST_PAUSE_MS)));
  }

  function start(): Promise<void> {
    walking ??= walk().finally(() => {
      walking = null;
    });
    return walking;
  }

  async function firstWalk(signal?: AbortSignal): Promise<void> {
    const first = start();
    const late = Promise.withResolvers<never>();
    const stop = clock.after(PATIENCE_MS, () => late.reject(unavailable(connection.name, "timeout")));
    try {
      await Promise.race([first, late.promise]);
    } finally {
      stop();
      first.catch(() => {});
    }
    signal?.throwIfAborted();
  }

  async function requireQueue(queue: string, signal?: AbortSignal): Promise<void> {
    if (!complete) start().catch(() => {});
    if (queues !== undefined && names.has(queue)) return;
    const exists =
      queues === undefined &&
      queue !== "" &&
      !queue.includes(":") &&
      (await connection.read((redis) => redis.exists(`${baseOf(prefix, queue)}meta`), signal)) === 1;
    if (!exists)
      throw new EngineError("queue_not_found", `There is no queue ${JSON.stringify(queue.slice(0, 200))}.`);
    names.add(queue);
    met.add(queue);
  }

  function notice(seen: readonly string[]): void {
    if (queues !== undefined) return;
    const unknown = seen.filter((queue) => !names.has(queue) && !noticed.has(queue)).slice(0, MOST_NOTICED);
    for (const queue of unknown) {
      noticed.add(queue);
      // Workers may wait for a queue that nobody made yet.
      requireQueue(queue).catch(() => {});
    }
  }

  return {
    async names(signal) {
      if (!complete) await firstWalk(signal);
      return [...names].sort();
    },
    known: () => ({ names: [...names], complete }),
    require: requireQueue,
    expect: async (queue) => {
      if (!names.has(queue)) await requireQueue(queue);
    },
    notice,
    forget(queue) {
      if (queues === undefined) names.delete(queue);
    },
    configured: (queue) => queues?.includes(queue) ?? false,
    [Symbol.dispose]() {
      disposed = true;
      cancel();
    },
  };
}
