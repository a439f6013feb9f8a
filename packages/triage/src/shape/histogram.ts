/** Counts over time in at most this many bars. */
const MAX_BARS = 48;
const FINEST_MS = 60_000;

export interface Bar {
  from: number;
  to: number;
  count: number;
}

/**
 * Counts of moments in bars whose width doubles whenever they no longer fit, so that a scan of unknown span takes
 * bounded memory. Bars begin at multiples of their width since the epoch: narrow ones nest in wide ones.
 */
export class TimeHistogram {
  stepMs = FINEST_MS;
  #bars = new Map<number, number>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  add(at: number): void {
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
    while (this.#span(this.stepMs) > MAX_BARS) this.#widen();
    const bar = Math.floor(at / this.stepMs);
    this.#bars.set(bar, (this.#bars.get(bar) ?? 0) + 1);
  }

  /** From the first to the last moment without holes, or over `range`, whose `stepMs` must not be finer than its own. */
  bars(range: { first: number; last: number; stepMs: number } | null = this.range()): Bar[] {
    if (range === null) return [];
    const { stepMs } = range;
    const start = Math.floor(range.first / stepMs);
    const length = Math.floor(range.last / stepMs) - start + 1;
    const out = Array.from({ length }, (_, i) => ({
      from: (start + i) * stepMs,
      to: (start + i + 1) * stepMs,
      count: 0,
    }));
    for (const [index, count] of this.#bars) {
      const bar = out[Math.floor((index * this.stepMs) / stepMs) - start];
      if (bar !== undefined) bar.count += count;
    }
    return out;
  }

  range(): { first: number; last: number; stepMs: number } | null {
    return this.#bars.size === 0 ? null : { first: this.#first, last: this.#last, stepMs: this.stepMs };
  }

  #span(stepMs: number): number {
    return Math.floor(this.#last / stepMs) - Math.floor(this.#first / stepMs) + 1;
  }

  #widen(): void {
    this.stepMs *= 2;
    const wide = new Map<number, number>();
    for (const [index, count] of this.#bars) {
      const bar = Math.floor(index / 2);
      wide.set(bar, (wide.get(bar) ?? 0) + count);
    }
    this.#bars = wide;
  }
}
