import type { Clock } from "@spillway/engine";

/** So many a second in the long run, and `burst` of them at once. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Whoever was not seen for longest is forgotten first: what is kept is bounded however many names a flood makes up. */
const MOST_KEYS = 10_000;

/** A token bucket for each key, kept as the one moment at which it will be full again. */
export class Meter {
  readonly #clock: Clock;
  readonly #stepMs: number;
  readonly #roomMs: number;
  readonly #fullAt = new Map<string, number>();

  constructor(clock: Clock, { perSecond, burst }: Rate) {
    this.#clock = clock;
    this.#stepMs = 1_000 / perSecond;
    this.#roomMs = burst * this.#stepMs;
  }

  /** 0: it may, and is counted. Else in how many ms it may, and nothing is counted. */
  take(key: string): number {
    const now = this.#clock.now();
    // A clock that was put back must not keep anybody out until it is where it was.
    const full = Math.min(Math.max(this.#fullAt.get(key) ?? now, now), now + this.#roomMs);
    const late = full + this.#stepMs - now - this.#roomMs;
    // Sums of fractions of large numbers are not exact: less than half of one is none.
    if (late > this.#stepMs / 2) return late;
    this.#fullAt.delete(key);
    this.#fullAt.set(key, full + this.#stepMs);
    if (this.#fullAt.size > MOST_KEYS) this.#forgetOldest();
    return 0;
  }

  get size(): number {
    return this.#fullAt.size;
  }

  #forgetOldest(): void {
    const oldest = this.#fullAt.keys().next();
    if (!oldest.done) this.#fullAt.delete(oldest.value);
  }
}
