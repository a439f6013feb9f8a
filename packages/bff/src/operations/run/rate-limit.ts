import { type Clock, MOST_TARGETS } from "@spillway/engine";
import type { Valve } from "./valve.ts";

/** A limited operation sends about so many chunks a second: small enough to be even, and to stop at once. */
const CHUNKS_PER_S = 4;

/** How many jobs one call takes. Depends on nothing but the rate, so that a receipt names the same jobs after a restart. */
export function chunkSize(ratePerS: number | null): number {
  if (ratePerS === null) return MOST_TARGETS;
  return Math.min(MOST_TARGETS, Math.max(1, Math.ceil(ratePerS / CHUNKS_PER_S)));
}

/** Lets at most so many jobs a second through, in all and in each second; null: all at once. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #ratePerS: number | null;
  /** When the next chunk may go. Epoch ms. */
  #nextAt = 0;

  constructor(clock: Clock, ratePerS: number | null) {
    this.#clock = clock;
    this.#ratePerS = ratePerS;
  }

  get isLimited(): boolean {
    return this.#ratePerS !== null;
  }

  /** Waits for the turn of the next chunk; ends sooner when the valve is turned, and then says false. */
  async turn(valve: Valve): Promise<boolean> {
    const ms = this.#nextAt - this.#clock.now();
    if (ms <= 0) return true;
    await valve.sleep(ms);
    return this.#clock.now() >= this.#nextAt;
  }

  /** So many jobs were let through. Time that passed unused is not made up for. */
  took(jobs: number): void {
    if (this.#ratePerS === null) return;
    this.#nextAt = Math.max(this.#nextAt, this.#clock.now()) + (jobs / this.#ratePerS) * 1000;
  }
}
