import type { UnavailableCause } from "@spillway/engine";
import { Redis, type RedisOptions } from "ioredis";
import { createBreaker } from "./breaker.ts";
import { causeOf, outcomeUnknown, toEngineError, unavailable } from "./fault.ts";
import { redisOptions } from "./redis-options.ts";

export const READ_DEADLINE_MS = 1_500;
export const WRITE_DEADLINE_MS = 4_500;
const CONNECT_TIMEOUT_MS = 1_500;
/** A socket that says nothing for longer than any deadline is dead; it is replaced. */
const SOCKET_TIMEOUT_MS = 6_000;
const LONGEST_RECONNECT_PAUSE_MS = 1_000;
/** Somebody else is in charge now: whoever connects anew is led there. */
const MOVED_ON = /\b(?:READONLY|MASTERDOWN|MOVED|CLUSTERDOWN)\b/;

/** One connection that fails at once when Redis is away, heals by itself and never sends anything twice. */
export interface Connection extends AsyncDisposable {
  readonly redis: Redis;
  readonly name: string;
  /** Of the Redis server, once it told. */
  version(): string | null;
  /**
   * Runs a read; rejects with `unavailable` after 1.5 s at the latest, at once (`circuit_open`) where several were not
   * answered a moment ago, or with the signal's reason. A probe is sent all the same: of whom there is only one at a time.
   */
  read<T>(work: (redis: Redis) => Promise<T>, signal?: AbortSignal, isProbe?: boolean): Promise<T>;
  /** Runs a write; rejects with `unavailable` if it was not sent, `outcome_unknown` if the answer is missing. */
  write<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
}

export interface ConnectionOptions {
  /** See {@link parseRedisAddress}. */
  url: string;
  prefix: string;
  name: string;
  connectionName: string;
}

export function openConnection({ url, prefix, name, connectionName }: ConnectionOptions): Connection {
  const where = redisOptions(url, prefix);
  const options = {
    protocol: 2,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    connectionName,
    disableClientInfo: true,
    retryStrategy: (times: number) => Math.min(times * 50, LONGEST_RECONNECT_PAUSE_MS),
    reconnectOnError: (error: Error) => (MOVED_ON.test(error.message) ? 1 : false),
  } satisfies RedisOptions;
  const redis = "url" in where ? new Redis(where.url, options) : new Redis({ ...where.options, ...options });
  let lastError: unknown = null;
  redis.on("error", (error: unknown) => {
    lastError = error;
  });
  let version: string | null = null;
  redis.on("ready", () => {
    lastError = null;
    void serverVersion(redis).then((told) => {
      version = told ?? version;
    });
  });
  const breaker = createBreaker();
  const whyNot = (): UnavailableCause => causeOf(lastError) ?? "down";

  async function ready(signal?: AbortSignal): Promise<void> {
    if (isReady(redis)) return;
    if (lastError === null && redis.status !== "end") await firstAnswer(redis, signal);
    if (isReady(redis)) return;
    throw unavailable(name, whyNot(), lastError);
  }

  return {
    redis,
    name,
    version: () => version,
    async read(work, signal, isProbe = false) {
      signal?.throwIfAborted();
      await ready(signal);
      if (!breaker.admits() && !isProbe) throw unavailable(name, "circuit_open");
      try {
        const answer = await within(READ_DEADLINE_MS, work(redis), signal);
        breaker.answered();
        return answer;
      } catch (error) {
        if (signal?.aborted && error === signal.reason) throw error;
        if (error === TOO_LATE) breaker.missed();
        else breaker.answered();
        throw error === TOO_LATE ? unavailable(name, "timeout") : toEngineError(name, "read", error);
      }
    },
    async write(work) {
      await ready();
      try {
        return await within(WRITE_DEADLINE_MS, work(redis));
      } catch (error) {
        throw error === TOO_LATE ? outcomeUnknown(name) : toEngineError(name, "write", error);
      }
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect();
    },
  };
}

/** Null where INFO is denied. */
async function serverVersion(redis: Redis): Promise<string | null> {
  const info = await redis.info("server").catch(() => "");
  return /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1] ?? null;
}

function isReady(redis: Redis): boolean {
  return redis.status === "ready";
}

const TOO_LATE = Symbol("too late");

async function within<T>(ms: number, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, ms, TOO_LATE);
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** Waits for the very first connection attempt to end, one way or the other. */
async function firstAnswer(redis: Redis, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = () => resolve();
  const events = ["ready", "error", "close", "end"] as const;
  for (const event of events) redis.once(event, done);
  try {
    await within(CONNECT_TIMEOUT_MS, promise, signal);
  } catch (error) {
    if (error !== TOO_LATE) throw error;
  } finally {
    for (const event of events) redis.off(event, done);
  }
}
