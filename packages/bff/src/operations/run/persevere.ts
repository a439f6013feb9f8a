import { type Clock, EngineError, type UnavailableCause } from "@spillway/engine";
import type { Valve } from "./valve.ts";

/** How long after each failure the engine is asked again. Ms; the last goes on for ever. */
const AGAIN_MS = [250, 500, 1_000, 2_000, 5_000];
/** What does not heal by itself within a minute is not worth waiting for. Ms. */
const HOPELESS_AFTER_MS = 60_000;

/** Will not change by waiting: null; or how long it may take. Ms. */
const PATIENCE: Record<UnavailableCause, number | null> = {
  down: Number.POSITIVE_INFINITY,
  timeout: Number.POSITIVE_INFINITY,
  masterdown: Number.POSITIVE_INFINITY,
  circuit_open: Number.POSITIVE_INFINITY,
  oom: Number.POSITIVE_INFINITY,
  readonly: HOPELESS_AFTER_MS,
  auth: HOPELESS_AFTER_MS,
  permission: null,
};

/** An answer; or that it was stopped while waiting for one; or why there will be none. */
export type Answer<T> =
  | { got: T }
  /** `maybe`: it may have taken effect all the same. */
  | { stopped: true; maybe: boolean }
  | { failed: unknown; maybe: boolean };

export interface Persevering {
  clock: Clock;
  valve: Valve;
  /** It may be asked again when nobody knows what came of it. Default true. */
  repeatable?: boolean;
  /** Told when the engine stopped answering (epoch ms, why), and when it answered again. */
  away: (since: number, error: EngineError) => void;
  back: () => void;
}

/**
 * Asks until the engine answers, the valve is stopped or there is no hope. What is asked must be of the kind that may be
 * asked twice (a read, or a write that names itself by a receipt), or say that it is not.
 */
export async function persevere<T>(
  { clock, valve, away, back, repeatable = true }: Persevering,
  ask: () => Promise<T>,
): Promise<Answer<T>> {
  let since: number | null = null;
  let maybe = false;
  for (let turn = 0; ; turn++) {
    try {
      const got = await ask();
      if (since !== null) back();
      return { got };
    } catch (error) {
      if (!(error instanceof EngineError)) return { failed: error, maybe: true };
      maybe ||= error.code === "outcome_unknown";
      if (maybe && !repeatable) return { failed: error, maybe };
      since ??= clock.now();
      if (isHopeless(error, clock.now() - since)) return { failed: error, maybe };
      away(since, error);
    }
    const until = clock.now() + (AGAIN_MS[Math.min(turn, AGAIN_MS.length - 1)] ?? 0);
    while (valve.stopped === null && clock.now() < until) await valve.sleep(until - clock.now());
    if (!(await valve.open())) return { stopped: true, maybe };
  }
}

function isHopeless({ code, reason = "down" }: EngineError, awayMs: number): boolean {
  if (code === "outcome_unknown") return false;
  if (code !== "unavailable") return true;
  const patience = PATIENCE[reason];
  return patience === null || awayMs >= patience;
}
