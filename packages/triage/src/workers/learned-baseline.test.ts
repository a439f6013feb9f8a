import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learnedBaseline } from "./learned-baseline.ts";

const MINUTE = 60_000;
const T0 = 1_800_000_000_000;

const calm = (...workers: number[]) => workers.map((each, i) => ({ at: T0 + i * MINUTE, workers: each }));

describe("how many workers are usual", () => {
  it("is the median of calm minutes, however long ago the last one was", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 12, maxLength: 300 }),
        fc.nat(10_000),
        (workers, late) => {
          const minutes = calm(...workers);
          const found = learnedBaseline(minutes, (minutes.at(-1)?.at ?? 0) + late * MINUTE);
          const sorted = workers.toSorted((a, b) => a - b);
          const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
          expect(found?.workers).toBeGreaterThanOrEqual(low);
          expect(found?.workers).toBeLessThanOrEqual(high);
          expect(found).toMatchObject({ minutes: workers.length });
        },
      ),
    );
  });

  it("forgets what was usual more than 6 hours before", () => {
    const minutes = calm(...Array<number>(400).fill(3), ...Array<number>(359).fill(9));
    expect(learnedBaseline(minutes, T0 + 760 * MINUTE)).toMatchObject({ workers: 9, minutes: 360 });
  });

  it("needs a dozen minutes and explains itself", () => {
    const minutes = calm(...Array<number>(120).fill(9));
    const last = minutes.at(-1)?.at ?? 0;
    expect(learnedBaseline(minutes.slice(0, 11), last)).toBeNull();
    expect(learnedBaseline(minutes, last + MINUTE)?.text).toBe(
      "9 workers are expected: the median of 120 calm minutes over 2 h.",
    );
    expect(learnedBaseline(calm(...Array<number>(12).fill(1)), T0 + 51 * MINUTE)?.text).toBe(
      "1 worker is expected: the median of 12 calm minutes over 12 min." +
        " It has stood still for 40 min: nothing is learned while something is wrong.",
    );
  });
});
