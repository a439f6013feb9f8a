import { Cells } from "./cells.ts";

/** What is kept of a tick, per queue and for all together. */
export const FIELDS = [
  "waiting",
  "active",
  "delayed",
  "blocked",
  "completed",
  "failed",
  "queues",
  "workers",
  "slots",
  "enqueued",
  "started",
  "throughput",
  "failedAttempts",
  "failures",
  "retries",
  "avgMs",
  "p95Ms",
  "runMeanMs",
  "runP95Ms",
  "oldestWaitingS",
  "troubled",
] as const;
export type Field = (typeof FIELDS)[number];
export type Row = Record<Field, number | null>;

/** Job counts may pass what a 32-bit float holds exactly; rates and ages need no more than it gives. */
const EXACT: ReadonlySet<Field> = new Set(["waiting", "active", "delayed", "blocked", "completed", "failed"]);
const FIRST_LENGTH = 64;

/** When the engine did not answer: the first time of it, epoch ms, and how often. */
export interface Missed {
  at: number;
  count: number;
}

/**
 * The last `capacity` ticks: when each was, and whether the engine answered. Ticks are numbered from 0. Where a tick stands
 * for many, the engine may have answered some of them only.
 */
export class Timeline {
  readonly capacity: number;
  readonly #at: Float64Array;
  readonly #good: Uint8Array;
  readonly #missed = new Map<number, Missed>();
  #next = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#at = new Float64Array(capacity);
    this.#good = new Uint8Array(capacity);
  }

  /** The oldest tick still held. */
  get first(): number {
    return Math.max(0, this.#next - this.capacity);
  }

  /** The number the next tick will have. */
  get next(): number {
    return this.#next;
  }

  /** @param missed None: a good tick missed nothing, a gap is one. */
  push(at: number, good: boolean, missed: Missed | null = good ? null : { at, count: 1 }): number {
    const slot = this.#next % this.capacity;
    this.#at[slot] = at;
    this.#good[slot] = good ? 1 : 0;
    if (missed === null) this.#missed.delete(slot);
    else this.#missed.set(slot, missed);
    return this.#next++;
  }

  at(tick: number): number {
    return this.#at[tick % this.capacity] ?? 0;
  }

  /** The first tick at or after a time; the one to come if all were before. */
  firstFrom(at: number): number {
    let low = this.first;
    let high = this.#next;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  isGap(tick: number): boolean {
    return this.#good[tick % this.capacity] !== 1;
  }

  /** What was missed in it; null: nothing. */
  missed(tick: number): Missed | null {
    return this.#missed.get(tick % this.capacity) ?? null;
  }

  /** Whether it reaches back to this time, or as far as anything does. */
  reaches(at: number): boolean {
    return this.first === 0 || this.at(this.first) <= at;
  }
}

/**
 * The rows of one queue, or of all together, over a {@link Timeline}. A tick without a row (the engine was away, or the queue
 * was) reads as nulls only. It grows with what it holds: a thousand queues that have just appeared take next to nothing.
 */
export class Series {
  /** The first tick it has a row for. */
  readonly from: number;
  readonly #capacity: number;
  #length: number;
  readonly #cells: Record<Field, Cells>;
  /** Which places hold a row: 1 or 0. */
  #rows: Uint8Array;
  #last: number;

  constructor(capacity: number, from: number) {
    this.from = from;
    this.#last = from - 1;
    this.#capacity = capacity;
    this.#length = Math.min(capacity, FIRST_LENGTH);
    this.#rows = new Uint8Array(this.#length);
    this.#cells = cellsOf();
  }

  set(tick: number, row: Row): void {
    this.#reach(tick);
    const place = this.#place(tick);
    this.#rows[place] = 1;
    for (const field of FIELDS) this.#cells[field].set(place, row[field] ?? Number.NaN, this.#length);
  }

  /** Changes one field of a row that is there. */
  mark(tick: number, field: Field, value: number): void {
    if (tick === this.#last) this.#cells[field].set(this.#place(tick), value, this.#length);
  }

  /** Whether there is a row. */
  has(tick: number): boolean {
    if (tick < this.from || tick > this.#last || tick <= this.#last - this.#length) return false;
    return this.#rows[this.#place(tick)] === 1;
  }

  get(tick: number, field: Field): number | null {
    if (!this.has(tick)) return null;
    const value = this.#cells[field].at(this.#place(tick));
    return Number.isNaN(value) ? null : value;
  }

  /** Over the ticks from the first up to the end; those without a value don't count. */
  mean(field: Field, first: number, end: number): number | null {
    let sum = 0;
    let known = 0;
    for (let tick = this.#held(first); tick < Math.min(end, this.#last + 1); tick++) {
      const value = this.get(tick, field);
      if (value === null) continue;
      sum += value;
      known++;
    }
    return known === 0 ? null : sum / known;
  }

  /** The newest value among these ticks. */
  newest(field: Field, first: number, end: number): number | null {
    for (let tick = Math.min(end - 1, this.#last); tick >= this.#held(first); tick--) {
      const value = this.get(tick, field);
      if (value !== null) return value;
    }
    return null;
  }

  /** The first of these ticks that has a value. */
  oldest(field: Field, first: number, end: number): number | null {
    for (let tick = this.#held(first); tick < end; tick++) if (this.get(tick, field) !== null) return tick;
    return null;
  }

  row(tick: number): Row {
    const out: Partial<Row> = {};
    for (const field of FIELDS) out[field] = this.get(tick, field);
    return out as Row;
  }

  /** How many bytes its values take: for tests of what a queue costs. */
  get bytes(): number {
    return this.#rows.byteLength + FIELDS.reduce((sum, field) => sum + this.#cells[field].bytes, 0);
  }

  #place(tick: number): number {
    return (tick - this.from) % this.#length;
  }

  #held(first: number): number {
    return Math.max(first, this.from, this.#last - this.#length + 1);
  }

  /** Ticks between the last row and this one had none: what their places held before must not show through. */
  #reach(tick: number): void {
    while (tick - this.from >= this.#length && this.#length < this.#capacity) this.#grow();
    const skippedFrom = Math.max(this.#last + 1, tick - this.#length + 1);
    for (let skipped = skippedFrom; skipped <= tick; skipped++) this.#rows[this.#place(skipped)] = 0;
    this.#last = Math.max(this.#last, tick);
  }

  /** Before the first wrap every row stands in the order of its tick, so that a longer array begins with the shorter. */
  #grow(): void {
    this.#length = Math.min(this.#capacity, this.#length * 2);
    const rows = new Uint8Array(this.#length);
    rows.set(this.#rows);
    this.#rows = rows;
    for (const field of FIELDS) this.#cells[field].grow(this.#length);
  }
}

function cellsOf(): Record<Field, Cells> {
  const out: Partial<Record<Field, Cells>> = {};
  for (const field of FIELDS) out[field] = new Cells(EXACT.has(field));
  return out as Record<Field, Cells>;
}
