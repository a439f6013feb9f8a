/** A few of many, spread evenly over the order in which they came: every n-th is kept, n doubling as they grow. */
export class SpreadSample {
  readonly #wanted: number;
  #kept: string[] = [];
  #stride = 1;
  #seen = 0;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  add(id: string): void {
    if (this.#seen++ % this.#stride !== 0) return;
    this.#kept.push(id);
    if (this.#kept.length < this.#wanted * 2) return;
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
    this.#stride *= 2;
  }

  ids(): string[] {
    const last = this.#kept.length - 1;
    if (last < this.#wanted) return [...this.#kept];
    const places = Array.from({ length: this.#wanted }, (_, i) =>
      Math.round((i * last) / (this.#wanted - 1)),
    );
    return places.flatMap((place) => this.#kept[place] ?? []);
  }
}
