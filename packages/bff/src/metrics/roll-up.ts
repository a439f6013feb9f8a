import { joinRows } from "./joining.ts";
import type { Layer } from "./layer.ts";
import type { Missed, Row, Timeline } from "./series.ts";

/** The ticks that become one. */
interface Stretch {
  first: number;
  end: number;
  /** Which tick of the coarser layer. */
  tick: number;
}

/**
 * Makes a coarser layer from a finer one while the finer still has its ticks. A little at each tick: of a thousand queues all
 * at once would be felt by everybody who waits for an answer.
 */
export class RollUp {
  readonly #from: Layer;
  readonly #to: Layer;
  readonly #stepMs: number;
  /** The first tick that is not joined yet. */
  #next = 0;
  #stretch: Stretch | null = null;
  #left: Iterator<string> = [].values();
  #share = 0;

  /** @param stepMs How long a stretch is that becomes one tick. */
  constructor(from: Layer, to: Layer, stepMs: number) {
    this.#from = from;
    this.#to = to;
    this.#stepMs = stepMs;
  }

  /** Goes on with the stretch that ended last; called at each tick. */
  work(): void {
    const begun = this.#stretch ?? this.#begin();
    if (begun === null) return;
    // A stretch is over long before the next one ends.
    const mustEnd = this.#endOf(begun.end) !== null;
    for (let n = 0; mustEnd || n < this.#share; n++) {
      const { value, done } = this.#left.next();
      if (done) {
        this.#stretch = null;
        break;
      }
      this.#join(value, begun);
    }
  }

  #begin(): Stretch | null {
    const { timeline } = this.#from;
    const first = Math.max(this.#next, timeline.first);
    const end = this.#endOf(first);
    if (end === null) return null;
    const { at, good, missed } = this.#sumUp(first, end);
    const stretch = { first, end, tick: this.#to.timeline.push(at, good, missed) };
    this.#next = end;
    if (!good) return null;
    this.#join(null, stretch);
    this.#left = this.#from.queues[Symbol.iterator]();
    this.#share = Math.max(1, Math.ceil((2 * this.#from.size) / (end - first)));
    this.#stretch = stretch;
    return stretch;
  }

  /** The first tick after the stretch that begins with this one; null while it may go on. */
  #endOf(first: number): number | null {
    const { timeline } = this.#from;
    if (first >= timeline.next) return null;
    const end = timeline.firstFrom((this.#bucket(timeline, first) + 1) * this.#stepMs);
    return end < timeline.next ? end : null;
  }

  /** When it was, and what was missed: in it, and since the one before if the process slept. */
  #sumUp(first: number, end: number): { at: number; good: boolean; missed: Missed | null } {
    const { timeline } = this.#from;
    let last: number | null = null;
    let missed: Missed | null = this.#sleptBefore(first);
    for (let tick = first; tick < end; tick++) {
      if (!timeline.isGap(tick)) last = tick;
      const more = timeline.missed(tick);
      if (more !== null) missed = { at: missed?.at ?? more.at, count: (missed?.count ?? 0) + more.count };
    }
    return { at: timeline.at(last ?? first), good: last !== null, missed };
  }

  #sleptBefore(first: number): Missed | null {
    const { timeline } = this.#to;
    if (timeline.next === 0) return null;
    const expected = this.#bucket(timeline, timeline.next - 1) + 1;
    const count = this.#bucket(this.#from.timeline, first) - expected;
    return count > 0 ? { at: expected * this.#stepMs, count } : null;
  }

  #join(queue: string | null, { first, end, tick }: Stretch): void {
    const series = this.#from.series(queue);
    if (series === undefined) return;
    const rows: Row[] = [];
    for (let from = first; from < end; from++) if (series.has(from)) rows.push(series.row(from));
    const last = rows.at(-1);
    if (last !== undefined) this.#to.set(queue, tick, joinRows(rows, last));
  }

  #bucket(timeline: Timeline, tick: number): number {
    return Math.floor(timeline.at(tick) / this.#stepMs);
  }
}
