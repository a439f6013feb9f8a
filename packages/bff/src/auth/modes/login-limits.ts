import type { Clock } from "@spillway/engine";

interface Rate {
  /** Attempts at once. */
  burst: number;
  /** One more after so long. Ms. */
  everyMs: number;
}

/** Of one user from one address: a person who mistypes. */
const OF_BOTH: Rate = { burst: 5, everyMs: 30_000 };
/** Of one user from wherever: many machines that guess one password. */
const OF_USER: Rate = { burst: 20, everyMs: 15_000 };
/** From one address, whoever: one machine that tries many users. */
const OF_ADDRESS: Rate = { burst: 20, everyMs: 10_000 };
const MOST_KEYS = 20_000;

export interface LoginLimits {
  /** Takes one attempt; how many seconds to wait where there is none left, else 0. */
  take(user: string, address: string | null): number;
  /** It was right: the attempts are given back, and others' guesses keep this user out of this address no more. */
  succeeded(user: string, address: string | null): void;
}

/**
 * How often somebody may try to log in. Guessing somebody's password from elsewhere must not keep them out at night: where they
 * logged in before, only their own attempts count.
 */
export function createLoginLimits(clock: Clock): LoginLimits {
  /** When each key is full again; a key that is full is not kept. */
  const fullAt = new Map<string, number>();
  const known = new Set<string>();

  function waitFor(key: string, { burst, everyMs }: Rate): number {
    const missing = Math.max(0, (fullAt.get(key) ?? 0) - clock.now());
    return Math.max(0, missing + everyMs - burst * everyMs);
  }
  function use(key: string, { everyMs }: Rate): void {
    if (fullAt.size >= MOST_KEYS) forgetFull();
    const full = Math.max(clock.now(), fullAt.get(key) ?? 0) + everyMs;
    fullAt.delete(key);
    fullAt.set(key, full);
  }
  function forgetFull(): void {
    for (const [key, at] of fullAt) if (at <= clock.now()) fullAt.delete(key);
    for (const key of fullAt.keys()) {
      if (fullAt.size < MOST_KEYS) return;
      fullAt.delete(key);
    }
  }
  function keysOf(user: string, address: string | null): [string, Rate][] {
    const from = networkOf(address ?? "unknown");
    const both: [string, Rate] = [`both ${from} ${user}`, OF_BOTH];
    const apart: [string, Rate][] = [
      [`user ${user}`, OF_USER],
      [`from ${from}`, OF_ADDRESS],
    ];
    return known.has(both[0]) ? [both] : [both, ...apart];
  }

  return {
    take(user, address) {
      const keys = keysOf(user, address);
      const wait = Math.max(...keys.map(([key, rate]) => waitFor(key, rate)));
      if (wait > 0) return Math.ceil(wait / 1000);
      for (const [key, rate] of keys) use(key, rate);
      return 0;
    },
    succeeded(user, address) {
      const keys = keysOf(user, address);
      for (const [key, { everyMs }] of keys) fullAt.set(key, (fullAt.get(key) ?? 0) - everyMs);
      if (known.size >= MOST_KEYS) known.clear();
      for (const [key] of keys.slice(0, 1)) {
        fullAt.delete(key);
        known.add(key);
      }
    },
  };
}

/** Whoever has one IPv6 address has 2^64 of them. */
function networkOf(address: string): string {
  return address.includes(":") ? address.split(":", 4).join(":") : address;
}
