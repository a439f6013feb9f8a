import type { Clock } from "@spillway/engine";

/** How much a request may read: jobs and ms. */
export interface Allowance {
  jobs: number;
  ms: number;
}

/** The first answer comes soon; those that follow up on it may take longer, so that little time is lost between them. */
export const FIRST_ANSWER: Allowance = { jobs: 20_000, ms: 200 };
export const FOLLOW_UP: Allowance = { jobs: 250_000, ms: 900 };

/** Tells when a request has read enough; the next one goes on. */
export class Budget {
  readonly #clock: Clock;
  readonly #until: number;
  #jobs: number;

  constructor(clock: Clock, { jobs, ms }: Allowance) {
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
