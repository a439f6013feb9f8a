/** Over how long it is measured; less than the second tells nothing. Ms. */
const OVER_MS = 10_000;
const LEAST_MS = 500;
const MOST_MARKS = 40;

/** How fast something goes, over the last seconds in which it went. */
export class Speed {
  #marks: { at: number; done: number }[] = [];

  mark(at: number, done: number): void {
    const last = this.#marks.at(-1);
    // Marks close together add nothing: the newest moves on.
    if (last !== undefined && this.#marks.length > 1 && at - last.at < OVER_MS / MOST_MARKS)
      this.#marks.pop();
    this.#marks.push({ at, done });
    this.#marks = this.#marks.filter((mark) => at - mark.at <= OVER_MS);
  }

  /** A rest is no slowness. */
  restart(): void {
    this.#marks = [];
  }

  /** Null while too little is known. */
  perSecond(now: number): number | null {
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    if (first === undefined || last === undefined) return null;
    const elapsed = Math.max(now, last.at) - first.at;
    return elapsed < LEAST_MS ? null : ((last.done - first.done) / elapsed) * 1000;
  }
}
