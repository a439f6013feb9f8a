import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { healthyTroubleQueue } from "./healthy-queue.fixture.ts";
import type { LastSeconds, TroubleQueue } from "./input.ts";
import { createTroubleTracker } from "./trouble-tracker.ts";

const TICK_MS = 2000;
const MINUTE = 30;
const LAST = 8;
const START = 1_800_000_000_000;

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

/** How many come in a tick if so many come a minute by chance. */
function chance(perMin: number, next: () => number): number {
  const limit = Math.exp(-perMin / MINUTE);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count++;
  return count;
}

/** 300 runs a minute, of which `failing(tick)` a minute throw; whether the spike is told, tick by tick. */
function told(ticks: number, seed: number, failing: (tick: number) => number): boolean[] {
  const next = random(seed);
  const tracker = createTroubleTracker();
  const failed: number[] = Array.from({ length: MINUTE }, () => chance(3, next));
  return Array.from({ length: ticks }, (_, tick) => {
    failed.push(chance(failing(tick), next));
    const perMin = (last: number) => (failed.slice(-last).reduce((a, b) => a + b, 0) / last) * MINUTE;
    const rates = (last: number) => ({ failedAttempts: perMin(last), completed: 300 - perMin(last) });
    const at = START + tick * TICK_MS;
    const queue = healthyTroubleQueue("email", at);
    Object.assign(queue.rates, rates(MINUTE));
    queue.usual.failedAttempts = 3;
    queue.lastSeconds = { spanMs: LAST * TICK_MS, rates: rates(LAST), runP95Ms: null };
    const input = { queues: [queue], workers: { total: 6, expected: 6, lost: [] }, notices: [] };
    return tracker.observe(input, at).some(({ code }) => code === "failure_spike");
  });
}

/** How often it went from told to not told. */
const ends = (shown: readonly boolean[]): number =>
  shown.filter((one, i) => !one && shown[i - 1] === true).length;

describe("what the last seconds say of a failure spike", () => {
  it("ends it within half a minute, once, though the minute still holds it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.integer({ min: 90, max: 250 }), (seed, failing) => {
        const shown = told(300, seed, (tick) => (tick >= 30 && tick < 150 ? failing : 3));
        expect(shown[149]).toBe(true);
        expect(shown.slice(165).some(Boolean)).toBe(false);
        expect(ends(shown)).toBe(1);
      }),
      // One whose last seconds were clear, then unclear, then clear again.
      { numRuns: 50, examples: [[529_892_151, 93]] },
    );
  });

  it("lets one that goes on by chance neither come nor go", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.integer({ min: 60, max: 250 }), (seed, failing) => {
        const shown = told(900, seed, () => failing);
        expect(shown.slice(60).every(Boolean)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe("what the last seconds say of slow jobs", () => {
  const slow = (last: LastSeconds): TroubleQueue => {
    const queue = healthyTroubleQueue("email", START);
    queue.runP95Ms = { now: 9000, usual: 800 };
    queue.lastSeconds = last;
    return queue;
  };
  const shown = (...lasts: [p95: number | null, endedPerMin: number][]): boolean[] => {
    const tracker = createTroubleTracker();
    return lasts.map(([runP95Ms, completed], i) => {
      const queue = slow({ spanMs: 15_000, rates: { completed, failedAttempts: 0 }, runP95Ms });
      const input = { queues: [queue], workers: { total: 6, expected: 6, lost: [] }, notices: [] };
      return tracker.observe(input, START + i * TICK_MS).some(({ code }) => code === "slow_jobs");
    });
  };

  it("ends them once enough runs are quick again, and not for a few quick ones between them", () => {
    const on: [number | null, number][] = [
      [9000, 400],
      [9000, 400],
    ];
    const quick: [number, number] = [700, 400];
    expect(shown(...on, quick, quick, quick)).toEqual([false, true, true, true, false]);
    const few: [number, number] = [700, 40];
    expect(shown(...on, few, few, few, [null, 0], [null, 0], [null, 0])).toEqual([
      false,
      ...Array(7).fill(true),
    ]);
    expect(shown(few, few, few)).toEqual([false, false, false]);
    expect(shown([null, 0], [null, 0])).toEqual([false, true]);
  });

  it("keeps what is near the limit as it was: told or not", () => {
    const near: [number, number] = [1700, 400];
    expect(shown([9000, 400], [9000, 400], near, near, near, near)).toEqual([false, ...Array(5).fill(true)]);
    expect(shown(near, near, near, near)).toEqual([false, false, false, false]);
    const stragglers: [number, number] = [3000, 400];
    expect(shown(stragglers, stragglers, stragglers)).toEqual([false, false, false]);
  });
});
