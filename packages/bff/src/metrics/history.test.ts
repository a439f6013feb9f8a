import { EngineError } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { totalRow } from "./record-rows.ts";
import { Series, Timeline } from "./series.ts";
import { createStage, START, TICK } from "./stage.fixture.ts";

const NOTHING = { at: 0, queues: [], workers: null, workersUnknown: null };
const ROW = totalRow(NOTHING, { tick: null, runs: null }, { workers: null, slots: null });

describe("history", () => {
  test("is bounded, and says how far it reaches", async () => {
    await using stage = createStage({ scenario: "healthy", config: { historySamples: 50 } });
    await stage.run(130 * TICK);
    const { history, retention_s } = stage.sampler.history({ limit: 1000 });
    expect(history).toHaveLength(50);
    expect(retention_s).toBe(250);
    expect(Date.parse(history[0]?.timestamp ?? "")).toBe(START + 81 * TICK);
    expect(history.map(({ timestamp }) => timestamp)).toEqual(
      history.map(({ timestamp }) => timestamp).toSorted(),
    );
    expect(history.every(({ waiting }) => waiting !== null)).toBe(true);
  });

  test("joined to steps keeps every gap in sight", async () => {
    await using stage = createStage({ scenario: "healthy" });
    await stage.run(40 * TICK);
    stage.fault.next = new EngineError("unavailable", "gone", { cause: "down" });
    await stage.run(2 * TICK);
    stage.fault.next = null;
    await stage.run(60 * TICK);
    const { history, gaps, step_s } = stage.sampler.history({ limit: 1000, step_s: 60 });
    expect({ gaps, step_s }).toEqual({ gaps: 2, step_s: 60 });
    expect(history.filter(({ gap }) => gap)).toHaveLength(1);
    expect(history.length).toBeLessThan(13);
    expect(history.filter(({ gap }) => !gap).every(({ waiting }) => waiting !== null)).toBe(true);
  });

  test("is narrowed by time and limit", async () => {
    await using stage = createStage({ scenario: "healthy" });
    await stage.run(30 * TICK);
    const at = (tick: number): string => new Date(START + tick * TICK).toISOString();
    const between = stage.sampler.history({ limit: 1000, from: at(5), to: at(9) });
    expect(between.history.map(({ timestamp }) => timestamp)).toEqual([5, 6, 7, 8, 9].map(at));
    expect(stage.sampler.history({ limit: 3 }).history.at(-1)?.timestamp).toBe(at(30));
    expect(stage.sampler.history({ limit: 3 }).history).toHaveLength(3);
  });
});

describe("a series", () => {
  test("gives back what was put in, or nothing, at any length", () => {
    for (const capacity of [1, 7, 64, 100, 1000]) {
      const timeline = new Timeline(capacity);
      const series = new Series(capacity, 0);
      for (let tick = 0; tick < 250; tick++) {
        timeline.push(tick, tick % 3 !== 0);
        if (tick % 3 !== 0) series.set(tick, { ...ROW, waiting: tick });
        for (let held = timeline.first; held <= tick; held++)
          expect(series.get(held, "waiting")).toBe(held % 3 === 0 ? null : held);
      }
      expect(series.get(timeline.next, "waiting")).toBeNull();
    }
  });

  test("that began late, with values that change and values that don't, gives back the same", () => {
    for (const capacity of [1, 7, 64, 100, 1000]) {
      const series = new Series(capacity, 37);
      const seen = new Map<number, number>();
      for (let n = 0; n < 400; n++) {
        const tick = 37 + n + Math.floor(n / 50) * 9;
        const waiting = n < 150 ? 5 : n % 11;
        series.set(tick, { ...ROW, waiting, failed: 3, p95Ms: n === 300 ? 20 : null });
        seen.set(tick, waiting);
        for (let held = Math.max(37, tick - capacity + 1); held <= tick; held++) {
          expect(series.get(held, "waiting")).toBe(seen.get(held) ?? null);
          expect(series.get(held, "failed")).toBe(seen.has(held) ? 3 : null);
        }
        expect(series.get(tick, "p95Ms")).toBe(n === 300 ? 20 : null);
      }
    }
  });

  test("of a queue in which nothing changes takes next to nothing, however long and whenever it began", () => {
    const series = new Series(3_600, 5);
    series.set(5, { ...ROW, waiting: 1 });
    expect(series.bytes).toBeLessThan(100);
    for (let tick = 6; tick < 4_000; tick++) series.set(tick, { ...ROW, waiting: 1 });
    expect(series.bytes).toBe(3_600);
    series.set(4_000, { ...ROW, waiting: 2 });
    expect(series.bytes).toBe(3_600 + 3_600 * 4);
  });

  test("keeps counts exactly that four bytes can't hold", () => {
    const series = new Series(10, 0);
    series.set(0, { ...ROW, waiting: 3 });
    series.set(1, { ...ROW, waiting: 16_777_216 });
    series.set(2, { ...ROW, waiting: 16_777_217 });
    series.set(3, { ...ROW, waiting: 9_007_199_254_740_991 });
    expect([0, 1, 2, 3].map((tick) => series.get(tick, "waiting"))).toEqual([
      3, 16_777_216, 16_777_217, 9_007_199_254_740_991,
    ]);
    const first = new Series(10, 0);
    first.set(0, { ...ROW, waiting: 16_777_217 });
    first.set(1, { ...ROW, waiting: null });
    expect([0, 1].map((tick) => first.get(tick, "waiting"))).toEqual([16_777_217, null]);
  });

  test("that began late has nothing before", () => {
    const series = new Series(10, 37);
    series.set(37, { ...ROW, waiting: 1 });
    expect(series.get(36, "waiting")).toBeNull();
    expect(series.get(37, "waiting")).toBe(1);
  });
});
