import type { Clock } from "@spillway/engine";

/** Most answers remembered at once. */
const MOST = 50;

/** Remembers answers for a while, so that many who ask, or ask again and again, make one reading. */
export class Fresh<T> {
  readonly #clock: Clock;
  readonly #forMs: number;
  readonly #held = new Map<string, { at: number; answer: Promise<T> }>();

  constructor(clock: Clock, forMs: number) {
    this.#clock = clock;
    this.#forMs = forMs;
  }

  /** What was found for this key lately, or what `find` finds now; what failed is not remembered. */
  get(key: string, find: () => Promise<T>): Promise<T> {
    const now = this.#clock.now();
    const held = this.#held.get(key);
    if (held !== undefined && now - held.at < this.#forMs && now >= held.at) return held.answer;
    const answer = find();
    answer.catch(() => this.#held.delete(key));
    this.#held.delete(key);
    this.#held.set(key, { at: now, answer });
    if (this.#held.size > MOST)
      for (const oldest of [...this.#held.keys()].slice(0, 1)) this.#held.delete(oldest);
    return answer;
  }

  clear(): void {
    this.#held.clear();
  }
}
