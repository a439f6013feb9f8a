import type { EndedJob } from "./ended-jobs.ts";

/** The newest of many failures, which come newest first and later in bursts of newer ones. */
export class LatestFailures {
  readonly #most: number;
  #jobs: EndedJob[] = [];
  /** What is older is not among the newest any more. */
  #floor = Number.NEGATIVE_INFINITY;

  constructor(most: number) {
    this.#most = most;
  }

  add(job: EndedJob): void {
    if (job.at < this.#floor) return;
    this.#jobs.push(job);
    if (this.#jobs.length === this.#most || this.#jobs.length >= 2 * this.#most) this.#trim();
  }

  /** Newest first. */
  list(): EndedJob[] {
    this.#trim();
    return [...this.#jobs];
  }

  #trim(): void {
    this.#jobs.sort((a, b) => b.at - a.at);
    this.#jobs.length = Math.min(this.#jobs.length, this.#most);
    if (this.#jobs.length === this.#most) this.#floor = this.#jobs.at(-1)?.at ?? this.#floor;
  }
}
