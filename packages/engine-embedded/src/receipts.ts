import type { TargetResult } from "@spillway/engine";

/** How long a caller may ask again what came of a call. Ms. */
const KEPT_MS = 24 * 3_600_000;
/** How many calls, and how many results in them, are kept at most; the oldest are forgotten first. */
const MOST_CALLS = 10_000;
const MOST_RESULTS = 250_000;

interface Kept {
  at: number;
  size: number;
  results: Promise<TargetResult[]>;
}

/** What calls on many jobs did, by their receipts, so that a call that is made again does nothing. */
export class Receipts {
  readonly #calls = new Map<string, Kept>();
  #results = 0;

  /** The results kept under `receipt`, or else those of `act`, which is then done. `size`: how many it will have. */
  once(
    receipt: string,
    now: number,
    size: number,
    act: () => Promise<TargetResult[]>,
  ): Promise<TargetResult[]> {
    this.#forget(now);
    const known = this.#calls.get(receipt);
    if (known) return known.results;
    const results = act();
    this.#calls.set(receipt, { at: now, size, results });
    this.#results += size;
    this.#forget(now);
    return results;
  }

  clear(): void {
    this.#calls.clear();
    this.#results = 0;
  }

  /** What is too old or too much. Calls stand in the order in which they were made, so the oldest come first. */
  #forget(now: number): void {
    for (const [receipt, { at, size }] of this.#calls) {
      const full = this.#calls.size > MOST_CALLS || this.#results > MOST_RESULTS;
      if (!full && now - at <= KEPT_MS) return;
      this.#calls.delete(receipt);
      this.#results -= size;
    }
  }
}
