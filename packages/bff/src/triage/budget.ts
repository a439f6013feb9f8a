import type { Clock } from "@spillway/engine";

/** How much one request may read: jobs and ms. */
const MOST_JOBS = 20_000;
const MOST_MS = 700;

/** Tells when a request has read enough; the next one goes on. */
export class Budget {
  readonly #clock: Clock;
  readonly #until: number;
  #jobs: number;

  constructor(clock: Clock, jobs = MOST_JOBS, ms = MOST_MS) {
    this.#clock = clock;
    this.#until = clock.now() + ms;
    this.#jobs = jobs;
  }

  spend(jobs: number): void {
    this.#jobs -= jobs;
  }

  get isSpent(): boolean {
    return this.#jobs <= 0 || this.#clock.now() >= this.#until;
  }
}
