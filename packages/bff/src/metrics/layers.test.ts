import { EngineError } from "@spillway/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinRows } from "./joining.ts";
import { Layer, placesIn } from "./layer.ts";
import { totalRow } from "./record-rows.ts";
import { RollUp } from "./roll-up.ts";
import type { Row } from "./series.ts";
import { createStage, START, TICK } from "./stage.fixture.ts";

const ROW = totalRow(
  { at: 0, queues: [], workers: null, workersUnknown: null },
  { tick: null, runs: null },
  { workers: null, slots: null },
);
const STEP = 60_000;
const FOREVER = Number.POSITIVE_INFINITY;

/** `null`: the engine did not answer. */
type Told = Record<string, number> | null;

function play(told: readonly Told[], tickMs: number) {
  const [fine, coarse, coarsest] = [new Layer(40), new Layer(50), new Layer(1_000)];
  const rollUps = [new RollUp(fine, coarse, STEP), new RollUp(coarse, coarsest, 5 * STEP)];
  told.forEach((queues, n) => {
    const tick = fine.timeline.push(START + n * tickMs, queues !== null);
    if (queues !== null) fine.set(null, tick, rowOf(n));
    for (const [queue, waiting] of Object.entries(queues ?? {})) fine.set(queue, tick, rowOf(waiting));
    for (const rollUp of rollUps) rollUp.work();
  });
  return [fine, coarse, coarsest] as const;
}

const rowOf = (waiting: number): Row => ({ ...ROW, waiting, throughput: waiting, oldestWaitingS: waiting });

describe("a coarser layer", () => {
  test("holds of each stretch what joining its rows gives, of every queue, and what was missed", () => {
    const queues = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.integer({ min: 0, max: 99 }));
    const told = fc.array(fc.option(queues, { freq: 6 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(told, fc.constantFrom(2_000, 7_000, 15_000), (ticks, tickMs) => {
        const [, coarse] = play(ticks, tickMs);
        const { timeline } = coarse;
        // The newest may still be at work.
        for (let tick = timeline.first; tick < timeline.next - 1; tick++) {
          const bucket = Math.floor(timeline.at(tick) / STEP);
          const stretch = ticks
            .map((queues, n) => ({ queues, n }))
            .filter(({ n }) => Math.floor((START + n * tickMs) / STEP) === bucket);
          expect(timeline.missed(tick)?.count ?? 0).toBe(stretch.filter((one) => one.queues === null).length);
          for (const queue of ["a", "b", "c"]) {
            const rows = stretch.flatMap((one) =>
              one.queues?.[queue] === undefined ? [] : [rowOf(one.queues[queue])],
            );
            const last = rows.at(-1);
            const series = coarse.series(queue);
            if (last === undefined) expect(series?.has(tick) ?? false).toBe(false);
            else expect(series?.row(tick)).toEqual(joinedLike(joinRows(rows, last)));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("shows what was missed while the process slept", () => {
    const [fine, coarse] = [new Layer(100), new Layer(100)];
    const rollUp = new RollUp(fine, coarse, STEP);
    for (const minute of [0, 1, 2, 30, 31, 32]) {
      fine.set(null, fine.timeline.push(START + minute * STEP, true), rowOf(1));
      rollUp.work();
    }
    const missed = Array.from({ length: coarse.timeline.next }, (_, tick) => coarse.timeline.missed(tick));
    expect(missed).toEqual([null, null, null, { at: START + 3 * STEP, count: 27 }, null]);
  });
});

/** 32-bit floats round. */
const joinedLike = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [field, value === null ? null : expect.closeTo(value, 3)]),
  ) as Row;

test("the past is told without holes or repeats, each part as finely as it is kept", () => {
  const told = Array.from({ length: 3_000 }, (_, n) => ({ a: n }));
  const layers = play(told, 15_000);
  const ages = placesIn(layers, "a", START, FOREVER).map(({ timeline, tick }) => timeline.at(tick) - START);
  expect(ages).toEqual(ages.toSorted((a, b) => a - b));
  const steps = ages.slice(1).map((at, n) => at - (ages[n] ?? 0));
  const seams = steps.filter((ms) => ![15_000, 60_000, 300_000].includes(ms));
  expect(seams.length).toBeLessThanOrEqual(2);
  expect(Math.max(...steps)).toBe(300_000);
  expect(ages[0]).toBeLessThanOrEqual(300_000);
  expect(ages.slice(-40)).toEqual(Array.from({ length: 40 }, (_, n) => (2_960 + n) * 15_000));
});

test("two days are kept of a process that answers for 90 minutes in single ticks, gaps included", async () => {
  await using stage = createStage({
    scenario: "healthy",
    config: {
      historySamples: 60,
      coarserHistory: [
        { stepMs: 60_000, samples: 60 },
        { stepMs: 300_000, samples: 24 },
      ],
    },
  });
  await stage.run(200 * TICK);
  stage.fault.next = new EngineError("unavailable", "gone", { cause: "down" });
  await stage.run(3 * TICK);
  stage.fault.next = null;
  await stage.run(1_200 * TICK);
  const { sampler } = stage;
  expect(sampler.retention()).toMatchObject({ step_s: 5, samples: 144, retention_s: 7_200 });
  const all = sampler.history({ limit: 1000, from: new Date(START).toISOString() });
  const times = all.history.map(({ timestamp }) => Date.parse(timestamp));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times[0]).toBeLessThanOrEqual(START + 300_000);
  expect(all.gaps).toBe(3);
  expect(all.history.filter(({ gap }) => gap)).toHaveLength(1);
  expect(sampler.history({ limit: 60 }).history.map(({ timestamp }) => Date.parse(timestamp))).toEqual(
    times.slice(-60),
  );
  const hours = sampler.history({ limit: 1000, step_s: 600, queue: "billing" });
  expect(hours.history.filter(({ gap }) => !gap).length).toBeGreaterThan(10);
  expect(hours.gaps).toBe(3);
  const before = sampler.queue("billing", { since: new Date(START + 100 * 60_000).toISOString() })?.before;
  expect(before?.completed_per_min).toBeGreaterThan(0);
});
