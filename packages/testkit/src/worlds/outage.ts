import { EngineError, type QueueEngine, type UnavailableCause } from "@spillway/engine";

/** An engine that can go away and come back, as a Redis does. */
export interface Outage {
  /** For {@link WorldOptions}: stands before the engine. */
  wrapEngine(engine: QueueEngine): QueueEngine;
  /** From now on whatever is asked of the engine fails with this cause. */
  begin(cause?: UnavailableCause): void;
  end(): void;
}

/** What tells of the engine itself, or listens to it, asks it nothing. */
const isAsked = (key: PropertyKey): boolean => typeof key === "string" && key !== "subscribe";

export function createOutage(): Outage {
  let now: UnavailableCause | null = null;
  const failure = (cause: UnavailableCause) =>
    new EngineError("unavailable", "The engine is cut off.", { cause });
  return {
    wrapEngine: (engine) =>
      new Proxy(engine, {
        get(target, key) {
          const part: unknown = Reflect.get(target, key);
          if (now === null || !isAsked(key) || typeof part !== "function") return part;
          const error = failure(now);
          return key === "scan" ? () => brokenScan(error) : () => Promise.reject(error);
        },
      }),
    begin(cause = "down") {
      now = cause;
    },
    end() {
      now = null;
    },
  };
}

/** A scan that fails before its first batch. */
function brokenScan(error: EngineError): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}
