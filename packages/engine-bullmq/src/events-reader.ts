import type { Clock, EngineEvent, Flows } from "@spillway/engine";
import type { RedisTime } from "./agents.ts";
import { chunk } from "./chunk.ts";
import type { Connection } from "./connection.ts";
import { baseOf } from "./keys.ts";
import { QueueFlows, type StreamEvent } from "./queue-flows.ts";
import { list, number, text } from "./reply.ts";
import { runScripts } from "./run-script.ts";
import { READ_EVENTS } from "./scripts/read-events.ts";
import { laterThan, STREAM_START, streamTime } from "./stream-id.ts";

const TICK_MS = 250;
/** After a failed read, e.g. while Redis is away. */
const PAUSE_AFTER_FAULT_MS = 500;
/** Entries of one queue in one read: bounds what one reply may hold. */
const ENTRIES_PER_READ = 500;
/** Queues in one script: bounds how long it keeps Redis. */
const QUEUES_PER_SCRIPT = 50;

interface Stream {
  flows: QueueFlows;
  /** The last entry seen; null until its end was asked for. */
  last: string | null;
  /** Its queue came into being while we watched: everything in it is to be counted. */
  newborn: boolean;
}

/** One reader of the event streams of all queues, on a connection of its own. */
export interface EventsReader extends Disposable {
  /** Follows these queues from now on, and no others. Starts the loop. */
  follow(queues: readonly string[]): void;
  flows(queue: string): Flows | null;
  waitingSince(queue: string, jobId: string): number | null;
  subscribe(listener: (event: EngineEvent) => void): () => void;
}

export function createEventsReader(
  connection: Connection,
  options: {
    prefix: string;
    clock: Clock;
    redisTime: RedisTime;
    queues: () => { names: readonly string[]; complete: boolean };
  },
): EventsReader {
  const { prefix, clock, redisTime } = options;
  const streams = new Map<string, Stream>();
  const listeners = new Set<(event: EngineEvent) => void>();
  let started = false;
  /** True once all queues that existed at the start are followed. */
  let settled = false;
  let disposed = false;
  let cancel = () => {};

  function start(): void {
    if (started || disposed) return;
    started = true;
    void loop();
  }

  async function loop(): Promise<void> {
    let pause = TICK_MS;
    try {
      follow(options.queues().names);
      while (!disposed && (await readOnce()));
    } catch {
      pause = PAUSE_AFTER_FAULT_MS;
    }
    if (!disposed) cancel = clock.after(pause, () => void loop());
  }

  function follow(queues: readonly string[]): void {
    for (const queue of queues) {
      if (streams.has(queue)) continue;
      const flows = new QueueFlows(queue, clock.now());
      streams.set(queue, { flows, last: settled ? STREAM_START : null, newborn: settled });
    }
    settled ||= options.queues().complete;
    if (streams.size === queues.length) return;
    const wanted = new Set(queues);
    for (const queue of streams.keys()) if (!wanted.has(queue)) streams.delete(queue);
  }

  /** Reads what is new in all streams; true if there is more at once. */
  async function readOnce(): Promise<boolean> {
    const queues = [...streams.keys()];
    if (queues.length === 0) return false;
    const groups = chunk(queues, QUEUES_PER_SCRIPT);
    const calls = groups.map((group) => ({
      keys: [],
      args: [
        ENTRIES_PER_READ,
        ...group.flatMap((queue) => [baseOf(prefix, queue), streams.get(queue)?.last ?? "$"]),
      ],
    }));
    const { replies } = await connection.read((redis) => runScripts(redis, READ_EVENTS, calls));
    let more = false;
    for (const [index, reply] of replies.entries()) {
      const parts = list(reply);
      const redisNow = number(parts.at(-1)) ?? clock.now();
      // Ids of entries are times of Redis' clock, which may be another than ours.
      const timeOf = (id: string) => redisTime(streamTime(id), redisNow, clock.now());
      for (const [position, queue] of (groups[index] ?? []).entries())
        if (takeIn(queue, parts[position], timeOf)) more = true;
    }
    return more;
  }

  function takeIn(queue: string, reply: unknown, timeOf: (id: string) => number): boolean {
    const stream = streams.get(queue);
    if (stream === undefined) return false;
    const [first, last, raw] = list(reply);
    if (stream.last === null) {
      stream.last = text(last) ?? STREAM_START;
      return false;
    }
    const entries = list(raw).map((entry) => streamEntry(entry, timeOf));
    const full = entries.length === ENTRIES_PER_READ;
    // A stalled job's `waiting` is understood only with the entry after it.
    if (full && entries.at(-1)?.event === "waiting") entries.pop();
    const firstHeld = text(first);
    const born = stream.newborn && firstHeld !== null;
    const missed = stream.last !== STREAM_START && firstHeld !== null && laterThan(firstHeld, stream.last);
    if (born || missed) stream.flows.restart(timeOf(firstHeld));
    if (born) stream.newborn = false;
    stream.last = entries.at(-1)?.id ?? stream.last;
    for (const event of stream.flows.apply(entries)) {
      for (const listener of listeners) listener(event);
    }
    return full;
  }

  return {
    follow(queues) {
      follow(queues);
      start();
    },
    flows: (queue) => streams.get(queue)?.flows.flows() ?? null,
    waitingSince: (queue, jobId) => streams.get(queue)?.flows.waitingSince(jobId) ?? null,
    subscribe(listener) {
      listeners.add(listener);
      start();
      return () => listeners.delete(listener);
    },
    [Symbol.dispose]() {
      disposed = true;
      cancel();
      listeners.clear();
    },
  };
}

function streamEntry(reply: unknown, timeOf: (id: string) => number): StreamEvent & { id: string } {
  const [id, event, jobId, prev] = list(reply);
  const entryId = text(id) ?? STREAM_START;
  return {
    id: entryId,
    at: timeOf(entryId),
    event: text(event) ?? "",
    jobId: text(jobId),
    prev: text(prev),
  };
}
