import type { EndpointName } from "@spillway/contract/table";
import type { Clock } from "@spillway/engine";
import type { Actor } from "../auth/index.ts";
import type { Logger } from "../deps.ts";
import { ProblemError } from "../http/problem.ts";
import { type Kind, kindOf } from "./kinds.ts";
import type { Limits } from "./limits.ts";
import { Meter, type Rate } from "./meter.ts";
import { networkOf } from "./network-of.ts";
import { StreamCount } from "./stream-count.ts";
import { Turns } from "./turns.ts";

/** Keeps one party from taking what all need. What it refuses is 429 with `Retry-After`. */
export interface Limiter {
  /** Any request but those for health, before anything is known of it but where it comes from. */
  admitAddress(address: string | null): void;
  /** A request of somebody who is known. */
  admit(name: EndpointName, actor: Actor, address: string | null): void;
  /**
   * Waits until few enough searches of this party are under way: many at once would keep all others waiting. Resolves to what to
   * call once it is answered; rejects if whoever asked leaves.
   */
  takeTurn(
    name: EndpointName,
    actor: Actor,
    address: string | null,
    signal: AbortSignal,
  ): Promise<() => void>;
  /** A live stream. Returns what to call when it has ended; calling it again does nothing. */
  openStream(actor: Actor, address: string | null): () => void;
  /** A file that is sent while it is made. The same. */
  openExport(actor: Actor, address: string | null): () => void;
}

export interface LimiterDeps {
  clock: Clock;
  log: Logger;
  /** Null: nothing is limited. */
  limits: Limits | null;
}

const KINDS: Record<Kind, string> = { reads: "requests", searches: "searches", writes: "actions" };
/** Of one party. */
const SEARCHES_AT_ONCE = 3;
const EXPORTS_AT_ONCE = 3;
/** How soon a stream that was refused is worth another try. Seconds. */
const STREAM_RETRY_S = 15;
/** A flood is told once a minute, not once a request. */
const TOLD: Rate = { perSecond: 1 / 60, burst: 1 };

export function createLimiter({ clock, log, limits }: LimiterDeps): Limiter {
  if (limits === null) return UNLIMITED;
  const told = new Meter(clock, TOLD);
  const addresses = new Meter(clock, times(limits.reads, limits.sharers));
  const people: Record<Kind, Meter> = {
    reads: new Meter(clock, limits.reads),
    searches: new Meter(clock, limits.searches),
    writes: new Meter(clock, limits.writes),
  };
  const turns = new Turns(SEARCHES_AT_ONCE);
  const streams = new StreamCount(limits.streams, limits.streams * limits.sharers);
  const exports = new StreamCount(EXPORTS_AT_ONCE, EXPORTS_AT_ONCE * limits.sharers);

  function refuse(who: string, seconds: number, detail: string): ProblemError {
    if (told.take(who) === 0) log.warn("Requests are refused for a while: too many.", { who, detail });
    return new ProblemError("rate_limited", detail, { headers: { "Retry-After": String(seconds) } });
  }

  return {
    admitAddress(address) {
      const network = networkOf(address);
      const wait = addresses.take(network);
      if (wait === 0) return;
      const most = times(limits.reads, limits.sharers).perSecond;
      const detail = `Too many requests from ${network}: ${most} a second are answered.`;
      throw refuse(network, secondsOf(wait), detail);
    },
    admit(name, actor, address) {
      const kind = kindOf(name);
      if (kind === null) return;
      const who = partyOf(actor, address);
      const wait = people[kind].take(who);
      if (wait === 0) return;
      const detail = `Too many ${KINDS[kind]} at once: ${limits[kind].perSecond} a second are answered for one person.`;
      throw refuse(who, secondsOf(wait), detail);
    },
    async takeTurn(name, actor, address, signal) {
      return kindOf(name) === "searches" ? turns.take(partyOf(actor, address), signal) : NOTHING;
    },
    openStream(actor, address) {
      const who = partyOf(actor, address);
      const release = streams.open(who, networkOf(address));
      if (release !== null) return release;
      const detail = `Live updates are open for you in ${limits.streams} places already, which is the most. Close one of them.`;
      throw refuse(who, STREAM_RETRY_S, detail);
    },
    openExport(actor, address) {
      const who = partyOf(actor, address);
      const release = exports.open(who, networkOf(address));
      if (release !== null) return release;
      const detail = `${EXPORTS_AT_ONCE} exports of yours are under way, which is the most. Wait until one of them is there.`;
      throw refuse(who, STREAM_RETRY_S, detail);
    },
  };
}

const NOTHING = () => undefined;
const UNLIMITED: Limiter = {
  admitAddress: NOTHING,
  admit: NOTHING,
  takeTurn: async () => NOTHING,
  openStream: () => NOTHING,
  openExport: () => NOTHING,
};

/** Names that nobody checked are free to choose: a flood would choose another each time. */
function partyOf(actor: Actor, address: string | null): string {
  return actor.verified ? `${actor.auth}:${actor.id}` : networkOf(address);
}

const times = ({ perSecond, burst }: Rate, factor: number): Rate => ({
  perSecond: perSecond * factor,
  burst: burst * factor,
});

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));
