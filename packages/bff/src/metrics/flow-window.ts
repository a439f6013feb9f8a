import type { Flows, QueueSnapshot } from "@spillway/engine";
import { deltaOf, eachFlow, type FlowDelta, type Measured, measure, measureTotal } from "./flows.ts";

/** One reading of all counters. */
interface Reading {
  at: number;
  flows: Map<string, Flows>;
}

export interface WindowSpan {
  /** How far back it reaches. */
  spanMs: number;
  /** It reaches further back while it holds fewer runs than this, */
  enoughRuns?: number;
  /** but no further than this. */
  longestMs?: number;
}

/** More readings than this within the span would add memory, not truth. */
const READINGS = 5;

/**
 * Rates over the last `spanMs` of good readings, or a little less (at least the last two, however far apart). A tick of
 * a few seconds counts a handful of jobs, so that a rate per minute taken from it alone jumps; over a minute it is steady.
 */
export class FlowWindow {
  readonly #span: Required<WindowSpan>;
  /** Spread over the longest span, oldest first. */
  #readings: Reading[] = [];
  #previous: Reading | null = null;
  #latest: Reading | null = null;
  /** Of the latest reading, once asked for. */
  readonly #measured = new Map<string, Measured>();

  constructor(span: WindowSpan) {
    this.#span = { enoughRuns: 0, longestMs: span.spanMs, ...span };
  }

  push(at: number, queues: readonly QueueSnapshot[]): void {
    const reading = { at, flows: new Map(queues.map(({ name, flows }) => [name, flows])) };
    this.#measured.clear();
    this.#forgetResets(reading);
    this.#previous = this.#latest;
    this.#latest = reading;
    const last = this.#readings.at(-1);
    if (this.#previous !== null && this.#previous.at - (last?.at ?? 0) >= this.#span.spanMs / READINGS)
      this.#readings.push(this.#previous);
    const oldest = at - this.#span.longestMs;
    this.#readings = this.#readings.filter((one) => one.at >= oldest);
  }

  /** Undefined while the queue was read less than twice. */
  of(name: string): Measured | undefined {
    const known = this.#measured.get(name);
    if (known !== undefined) return known;
    const delta = this.#delta(name);
    if (delta === undefined) return undefined;
    const measured = measure(delta);
    this.#measured.set(name, measured);
    return measured;
  }

  /** Of all queues read at least twice; null before there is one. No queue at all is a rate of zero. */
  total(): Measured | null {
    if (this.#latest === null || this.#previous === null) return null;
    const names = [...this.#latest.flows.keys()];
    if (names.length === 0) return ZERO;
    return measureTotal(names.flatMap((name) => this.#delta(name) ?? []));
  }

  #delta(name: string): FlowDelta | undefined {
    const after = this.#latest?.flows.get(name);
    if (this.#latest === null || after === undefined) return undefined;
    const start = this.#startOf(name, after, this.#latest.at);
    return start === undefined ? undefined : deltaOf(start.flows, after, this.#latest.at - start.at);
  }

  /** The reading that is the span ago, or further back until enough runs lie between. */
  #startOf(name: string, after: Flows, at: number): { at: number; flows: Flows } | undefined {
    const { spanMs, enoughRuns } = this.#span;
    let start: { at: number; flows: Flows } | undefined;
    const candidates = [this.#previous, ...this.#readings.toReversed()];
    for (const reading of candidates) {
      const flows = reading?.flows.get(name);
      if (reading === null || flows === undefined) continue;
      const enough = start !== undefined && runsBetween(start.flows, after) >= enoughRuns;
      if (enough && at - reading.at > spanMs) break;
      start = { at: reading.at, flows };
    }
    return start;
  }

  /** A window that reaches back beyond a restart of the counters would be blind for its whole length. */
  #forgetResets(reading: Reading): void {
    for (const [name, flows] of reading.flows) {
      const before = this.#latest?.flows.get(name);
      if (before === undefined || !isReset(before, flows)) continue;
      for (const old of this.#readings) old.flows.delete(name);
      this.#latest?.flows.delete(name);
    }
  }
}

function runsBetween(before: Flows, after: Flows): number {
  const grown = (a: number | null, b: number | null): number => (a === null || b === null ? 0 : b - a);
  return grown(before.completed, after.completed) + grown(before.failedAttempts, after.failedAttempts);
}

function isReset(before: Flows, after: Flows): boolean {
  const fell = (a: number | null, b: number | null): boolean => a !== null && b !== null && b < a;
  return (
    before.since !== after.since ||
    fell(before.enqueued, after.enqueued) ||
    fell(before.completed, after.completed) ||
    fell(before.failedAttempts, after.failedAttempts)
  );
}

const ZERO: Measured = { perMin: eachFlow(() => 0), meanMs: null, p95Ms: null };

/** What happened in each queue between two readings; queues that are only in one of them are left out. */
export function deltasBetween(
  before: { at: number; queues: readonly QueueSnapshot[] },
  after: { at: number; queues: readonly QueueSnapshot[] },
): Map<string, FlowDelta> {
  const earlier = new Map(before.queues.map((queue) => [queue.name, queue.flows]));
  const out = new Map<string, FlowDelta>();
  for (const { name, flows } of after.queues) {
    const was = earlier.get(name);
    if (was !== undefined) out.set(name, deltaOf(was, flows, after.at - before.at));
  }
  return out;
}
