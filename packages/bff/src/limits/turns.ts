import { nextTurn } from "@spillway/engine";

/** Lets so many of each party go on at once, the others in the order in which they came. */
export class Turns {
  readonly #most: number;
  readonly #underWay = new Map<string, { running: number; waiting: (() => void)[] }>();

  constructor(most: number) {
    this.#most = most;
  }

  /** How many parties have something under way. */
  get size(): number {
    return this.#underWay.size;
  }

  /** Resolves when it is this one's turn, to what ends it, which is to be called once. Whoever leaves rejects, as the signal says. */
  async take(party: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const line = this.#underWay.get(party) ?? { running: 0, waiting: [] };
    this.#underWay.set(party, line);
    if (line.running < this.#most) {
      line.running++;
    } else {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = () => {
        line.waiting = line.waiting.filter((one) => one !== resolve);
        reject(signal.reason);
      };
      line.waiting.push(resolve);
      signal.addEventListener("abort", leave, { once: true });
      await promise;
      signal.removeEventListener("abort", leave);
    }
    /** Whoever is next takes the place over. */
    const handOver = () => {
      const next = line.waiting.shift();
      if (next !== undefined) return next();
      line.running--;
      if (line.running === 0) this.#underWay.delete(party);
    };
    // In a turn of the event loop of its own: else all that wait go on in one, and nobody else is answered until the last of them is.
    return () => (line.waiting.length === 0 ? handOver() : void nextTurn(handOver));
  }
}
