import type { Flows, QueueSnapshot } from "@spillway/engine";
import { deltaOf, type FlowDelta, type Measured, measure, measureTotal } from "./flows.ts";

/** One reading of all counters. */
interface Reading {
  at: number;
  flows: Map<string, Flows>;
}

/** Readings closer together than this add memory, not truth. */
const SPACING_MS = 5_000;

/**
 * Rates over the last `spanMs` of good readings (at least the last two, however far apart). A tick of a few seconds
 * counts a handful of jobs, so that a rate per minute taken from it alone jumps; over a minute it is steady.
 */
export class FlowWindow {
  readonly #spanMs: number;
  #readings: Reading[] = [];
  #latest: Reading | null = null;

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  push(at: number, queues: readonly QueueSnapshot[]): void {
    const reading = { at, flows: new Map(queues.map(({ name, flows }) => [name, flows])) };
    this.#forgetResets(reading);
    const last = this.#readings.at(-1);
    if (this.#latest !== null && (last === undefined || this.#latest.at - last.at >= SPACING_MS))
      this.#readings.push(this.#latest);
    this.#latest = reading;
    const oldest = at - this.#spanMs;
    const kept = this.#readings.filter((one) => one.at >= oldest);
    this.#readings = kept.length > 0 ? kept : this.#readings.slice(-1);
  }

  /** Undefined while the queue was read less than twice. */
  of(name: string): Measured | undefined {
    const delta = this.#delta(name);
    return delta === undefined ? undefined : measure(delta);
  }

  /** Of all queues read at least twice; null before there is one. No queue at all is a rate of zero. */
  total(): Measured | null {
    if (this.#latest === null || this.#readings.length === 0) return null;
    const names = [...this.#latest.flows.keys()];
    if (names.length === 0) return ZERO;
    return measureTotal(names.flatMap((name) => this.#delta(name) ?? []));
  }

  clear(): void {
    this.#readings = [];
    this.#latest = null;
  }

  #delta(name: string): FlowDelta | undefined {
    const latest = this.#latest?.flows.get(name);
    const earliest = this.#readings.find((reading) => reading.flows.has(name));
    const before = earliest?.flows.get(name);
    if (this.#latest === null || latest === undefined || earliest === undefined || before === undefined)
      return undefined;
    return deltaOf(before, latest, this.#latest.at - earliest.at);
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

function isReset(before: Flows, after: Flows): boolean {
  const fell = (a: number | null, b: number | null): boolean => a !== null && b !== null && b < a;
  return (
    before.since !== after.since ||
    fell(before.enqueued, after.enqueued) ||
    fell(before.completed, after.completed) ||
    fell(before.failedAttempts, after.failedAttempts)
  );
}

const ZERO: Measured = {
  perMin: {
    enqueued: 0,
    started: 0,
    completed: 0,
    failedAttempts: 0,
    failed: 0,
    autoRetried: 0,
    operatorRetried: 0,
  },
  meanMs: null,
  p95Ms: null,
};

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
