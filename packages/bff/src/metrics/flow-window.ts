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

  constructor(span: WindowSpan) {
    this.#span = { enoughRuns: 0, longestMs: span.spanMs, ...span };
  }

  push(at: number, queues: readonly QueueSnapshot[]): void {
    const reading = { at, flows: new Map(queues.map(({ name, flows }) => [name, flows])) };
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
    const delta = this.#delta(name);
    return delta === undefined ? undefined : measure(delta);
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
    const at = this.#latest.at;
    const since = (reading: Reading): FlowDelta | undefined => {
      const before = reading.flows.get(name);
      return before === undefined ? undefined : deltaOf(before, after, at - reading.at);
    };
    const known = this.#readings.filter((reading) => reading.flows.has(name));
    const within = known.findIndex((reading) => at - reading.at <= this.#span.spanMs);
    const nearest = within < 0 ? this.#previous : (known[within] ?? null);
    let delta = nearest === null ? undefined : since(nearest);
    const further = known.slice(0, within < 0 ? known.length : within).reverse();
    for (const reading of further) {
      if (delta !== undefined && runsOf(delta) >= this.#span.enoughRuns) break;
      delta = since(reading);
    }
    return delta;
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

function runsOf({ counts }: FlowDelta): number {
  return (counts.completed ?? 0) + (counts.failedAttempts ?? 0);
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
