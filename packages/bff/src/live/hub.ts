import type { StreamEventName, StreamEvents } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import type { LiveHub } from "../seams.ts";
import { encodeFrame, FrameRing, HEARTBEAT, PREAMBLE, type RingLimits } from "./frames.ts";
import { Subscriber, type SubscriberSource } from "./subscriber.ts";
import { QueueInterest, wantsOf } from "./topics.ts";

const HEARTBEAT_MS = 15_000;
/** A client that has taken nothing for this long, though there was something, is gone: with the heartbeats between looks, in less than a minute. */
const DEAD_AFTER_MS = 40_000;
const RING: RingLimits = { events: 4_000, bytes: 4 * 1_048_576 };

export interface HubOptions {
  clock: Clock;
  /** Told apart by clients: numbers of another process mean nothing here. Default: random. */
  epoch?: string;
  ring?: RingLimits;
  /** Default `JSON.stringify`; called once per event, however many clients there are. */
  serialize?: (data: unknown) => string;
}

export interface Subscription {
  /** The next bytes of the stream; null when it is over. One call at a time. */
  take(): Promise<Uint8Array | null>;
  leave(): void;
  /** Says why it is over, and ends. */
  dismiss(why: string): void;
}

/** The live stream of one process. */
export interface EventHub extends LiveHub, Disposable {
  /** `lastEventId`: `<epoch>:<seq>` as this hub gave it; anything else is answered with `resync`. */
  subscribe(options: { topics: readonly string[]; lastEventId: string | null }): Subscription;
  readonly clients: number;
  readonly epoch: string;
}

/** Publishes once, replays to those who come back, and lets nobody's slowness cost memory. Disposal says `bye`. */
export function createHub(options: HubOptions): EventHub {
  const { clock, serialize = (data) => JSON.stringify(data) } = options;
  const epoch = options.epoch ?? crypto.randomUUID().slice(0, 8);
  const ring = new FrameRing(options.ring ?? RING);
  const interest = new QueueInterest();
  /** Each with the topics it asked for. */
  const subscribers = new Map<Subscriber, readonly string[]>();
  let seq = 0;
  let closed = false;
  let cancelHeartbeat: (() => void) | null = null;

  const idOf = (number: number): string => `${epoch}:${number}`;
  const source: SubscriberSource = {
    ring,
    head: () => seq,
    resync: (reason) => encodeFrame("resync", serialize({ reason }), idOf(seq)),
  };

  function publish<N extends StreamEventName>(event: N, data: StreamEvents[N], topic: string = event): void {
    if (closed || !interest.isWanted(topic, clock.now())) return;
    const text = serialize(data);
    seq++;
    const frame = { seq, topic, bytes: encodeFrame(event, text, idOf(seq)) };
    ring.push(frame);
    for (const subscriber of subscribers.keys()) subscriber.published(frame);
  }

  function subscribe({ topics, lastEventId }: Parameters<EventHub["subscribe"]>[0]): Subscription {
    const from = lastEventId === null ? seq : resumePoint(lastEventId, topics);
    // A hello with the newest number would make a client that is cut off before its replay believe it had read it.
    const position = from ?? seq;
    const subscriber = new Subscriber(source, wantsOf(topics), position, clock.now());
    subscriber.say(PREAMBLE);
    subscriber.say(encodeFrame("hello", serialize({ epoch, seq: position }), idOf(position)));
    if (from === null) subscriber.say(source.resync("What was missed is no longer held."));
    interest.join(topics, seq, clock.now());
    subscribers.set(subscriber, topics);
    if (closed) sayBye(subscriber);
    else beat();
    return {
      take: () => subscriber.take(() => clock.now()),
      leave: () => drop(subscriber),
      dismiss: (why) => sayBye(subscriber, why),
    };
  }

  function drop(subscriber: Subscriber): void {
    const topics = subscribers.get(subscriber);
    if (topics === undefined) return;
    subscribers.delete(subscriber);
    subscriber.close();
    interest.leave(topics, clock.now());
  }

  /** The number after which to go on, or null if something between is lost. */
  function resumePoint(lastEventId: string, topics: readonly string[]): number | null {
    const at = lastEventId.lastIndexOf(":");
    const number = Number(lastEventId.slice(at + 1));
    if (lastEventId.slice(0, at) !== epoch || !Number.isSafeInteger(number) || number < 0 || number > seq)
      return null;
    if (number < seq && ring.get(number + 1) === undefined) return null;
    return interest.heldSince(topics, number) ? number : null;
  }

  function beat(): void {
    if (cancelHeartbeat !== null || closed) return;
    cancelHeartbeat = clock.after(HEARTBEAT_MS, () => {
      cancelHeartbeat = null;
      for (const subscriber of subscribers.keys()) {
        if (subscriber.isIdle) subscriber.say(HEARTBEAT);
        else if (clock.now() - subscriber.lastTakenAt > DEAD_AFTER_MS) drop(subscriber);
      }
      if (subscribers.size > 0) beat();
    });
  }

  function sayBye(subscriber: Subscriber, reason = "The server is going away."): void {
    subscriber.say(encodeFrame("bye", serialize({ reason }), idOf(seq)));
    subscriber.close();
  }

  return {
    publish,
    subscribe,
    epoch,
    get clients() {
      return subscribers.size;
    },
    [Symbol.dispose]() {
      closed = true;
      cancelHeartbeat?.();
      for (const subscriber of subscribers.keys()) sayBye(subscriber);
    },
  };
}
