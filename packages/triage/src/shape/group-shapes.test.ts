import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createShapeAccumulator, type FailedJob, groupShapes, MAX_SHAPES } from "./group-shapes.ts";

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;

function job(i: number, over: Partial<FailedJob> = {}): FailedJob {
  const error = { name: "E", message: `order ${i} failed`, stack: null };
  return { id: `j${i}`, task: "send", error, finishedAt: NOW - i * MINUTE, ...over };
}

describe("groupShapes", () => {
  it("counts, shares, windows, tasks, samples and bars", () => {
    const jobs = Array.from({ length: 100 }, (_, i) => job(i, { task: i % 4 === 0 ? "a" : "b" }));
    const { groups, total, histogram } = groupShapes([...jobs, job(5000, { id: "x", error: null })], {
      now: NOW,
    });
    expect(total).toBe(101);
    expect(groups.map((g) => [g.title, g.count])).toEqual([
      ["E: order # failed", 100],
      ["no message", 1],
    ]);
    const [first] = groups;
    expect(first).toMatchObject({
      share: 100 / 101,
      windows: { "15m": 15, "1h": 60, "6h": 100, "24h": 100 },
      tasks: [
        { task: "b", count: 75 },
        { task: "a", count: 25 },
      ],
      firstSeen: NOW - 99 * MINUTE,
      lastSeen: NOW,
    });
    expect(first?.sampleJobIds).toHaveLength(10);
    expect(first?.sampleJobIds[0]).toBe("j0");
    expect(histogram.length).toBeLessThanOrEqual(48);
    expect(histogram.reduce((sum, bar) => sum + bar.count, 0)).toBe(101);
    expect(first?.histogram).toHaveLength(histogram.length);
    expect(first?.histogram.reduce((sum, n) => sum + n, 0)).toBe(100);
  });

  it("counts every job once, whatever its order and its times", () => {
    const times = fc.option(fc.integer({ min: NOW - 400 * 86_400_000, max: NOW }));
    const ages = fc.array(fc.record({ at: times, shape: fc.constantFrom("red", "green", "blue") }), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(ages, (rows) => {
        const jobs = rows.map(({ at, shape }, i) =>
          job(i, { finishedAt: at, error: { name: null, message: shape, stack: null } }),
        );
        const result = groupShapes(jobs, { now: NOW });
        expect(result.groups.reduce((sum, g) => sum + g.count, result.other)).toBe(rows.length);
        const barred = result.histogram.reduce((sum, bar) => sum + bar.count, 0);
        expect(barred + result.untimed).toBe(rows.length);
        expect(result.groups.flatMap((g) => g.histogram).reduce((sum, n) => sum + n, 0)).toBe(barred);
        for (const group of result.groups) {
          const minutes = jobs
            .filter((j) => j.error?.message === group.messagePattern)
            .flatMap((j) =>
              j.finishedAt === null ? [] : Math.floor(NOW / MINUTE) - Math.floor(j.finishedAt / MINUTE),
            );
          expect(group.windows["1h"]).toBe(minutes.filter((age) => age < 60).length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("counts only the window asked for", () => {
    const jobs = Array.from({ length: 100 }, (_, i) => job(i));
    expect(groupShapes(jobs, { now: NOW, window: { from: NOW - 10 * MINUTE, to: NOW } }).total).toBe(10);
  });

  it("stays current when later failures are added, and moves its windows", () => {
    const shapes = createShapeAccumulator({ now: NOW });
    for (let i = 0; i < 30; i++) shapes.add(job(i));
    shapes.add(job(99, { finishedAt: NOW + 10 * MINUTE }));
    expect(shapes.result(NOW + 10 * MINUTE).groups[0]?.windows["15m"]).toBe(6);
  });

  it("tells 500 shapes apart and counts the rest together", () => {
    const word = (n: number) =>
      String(n)
        .split("")
        .map((digit) => "ghijklmnop".charAt(Number(digit)))
        .join("");
    const jobs = Array.from({ length: 700 }, (_, i) =>
      job(i, { error: { name: `${word(i)}Error`, message: "m", stack: null } }),
    );
    const { groups, other, total } = groupShapes(jobs, { now: NOW });
    expect([groups.length, other, total]).toEqual([MAX_SHAPES, 200, 700]);
  });
});
