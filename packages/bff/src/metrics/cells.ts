/**
 * The values of one field, by place. As long as all that was put in is the same, that one value is all there is: of a thousand
 * queues most have no delayed jobs, no failures and the same workers for hours. After that each takes four bytes, or eight once
 * one came that four can't hold.
 */
export class Cells {
  readonly #isExact: boolean;
  /** Of every place, while there is no array; null: nothing was put in. */
  #only: number | null = null;
  #all: Float64Array | Float32Array | null = null;

  /** @param isExact Keeps whole numbers that a 32-bit float can't. */
  constructor(isExact: boolean) {
    this.#isExact = isExact;
  }

  /** NaN where nothing is known. What a place holds that nothing was put into is undefined. */
  at(place: number): number {
    return (this.#all === null ? this.#only : this.#all[place]) ?? Number.NaN;
  }

  /** `length`: of how many places there are now. */
  set(place: number, value: number, length: number): void {
    if (this.#all === null) {
      this.#only ??= value;
      if (Object.is(this.#only, value)) return;
      const exact = this.#isExact && !Object.is(Math.fround(this.#only), this.#only);
      this.#all = (exact ? new Float64Array(length) : new Float32Array(length)).fill(this.#only);
    }
    if (this.#isExact && this.#all instanceof Float32Array && !Object.is(Math.fround(value), value))
      this.#all = Float64Array.from(this.#all);
    this.#all[place] = value;
  }

  grow(length: number): void {
    if (this.#all === null) return;
    const longer = this.#all instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
    longer.set(this.#all);
    this.#all = longer;
  }

  get bytes(): number {
    return this.#all?.byteLength ?? 0;
  }
}
