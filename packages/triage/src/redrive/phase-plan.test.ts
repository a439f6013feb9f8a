import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { phaseSizes, spreadOver } from "./phase-plan.ts";

describe("the sizes of phases", () => {
  test.each([
    [2_100, [10, 210, 1_880]],
    [100, [10, 10, 80]],
    [15, [10, 2, 3]],
    [11, [10, 1, 0]],
    [7, [7, 0, 0]],
    [0, [0, 0, 0]],
  ])("10, 10 %% and the rest of %i", (total, sizes) => {
    expect(phaseSizes(total, [{ count: 10 }, { percent: 10 }, { rest: true }])).toEqual(sizes);
  });

  test("never take more than there is, and with a rest take all", () => {
    const target = fc.oneof(
      fc.record({ count: fc.integer({ min: 1, max: 500 }) }),
      fc.record({ percent: fc.double({ min: 0.1, max: 100, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.nat({ max: 5_000 }), fc.array(target, { maxLength: 5 }), (total, targets) => {
        const sum = (sizes: number[]): number => sizes.reduce((all, one) => all + one, 0);
        expect(sum(phaseSizes(total, targets))).toBeLessThanOrEqual(total);
        expect(sum(phaseSizes(total, [...targets, { rest: true }]))).toBe(total);
      }),
    );
  });
});

describe("a representative few", () => {
  test("hold every group, however small, and old and new of the large ones", () => {
    const groups = Array.from({ length: 1_000 }, (_, i) => (i === 400 ? 1 : i === 401 ? 2 : 0));
    const picked = spreadOver(groups, 10);
    expect(picked).toHaveLength(10);
    expect(picked).toContain(400);
    expect(picked).toContain(401);
    expect(picked[0]).toBe(0);
    expect(picked.at(-1)).toBe(999);
  });

  test("of more groups than places come from the largest ones", () => {
    const groups = [0, 1, 1, 2, 2, 2, 3, 3, 3, 3];
    expect(spreadOver(groups, 2).map((i) => groups[i])).toEqual([2, 3]);
  });

  test("are as many as asked for, each once, none of those taken, as even as the groups allow", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 5 }), { maxLength: 200 }),
        fc.nat({ max: 60 }),
        fc.array(fc.nat({ max: 199 }), { maxLength: 50 }),
        (groups, count, taken) => {
          const out = new Set(taken.filter((i) => i < groups.length));
          const picked = spreadOver(groups, count, out);
          expect(picked).toHaveLength(Math.min(count, groups.length - out.size));
          expect(new Set(picked).size).toBe(picked.length);
          expect(picked.filter((i) => out.has(i))).toEqual([]);
          const share = (group: number): number => picked.filter((i) => groups[i] === group).length;
          const hasMore = (group: number): boolean =>
            groups.some((one, i) => one === group && !out.has(i) && !picked.includes(i));
          const all = [...new Set(groups)];
          const poorest = Math.min(...all.filter(hasMore).map(share), Number.POSITIVE_INFINITY);
          expect(all.filter((group) => share(group) > poorest + 1)).toEqual([]);
        },
      ),
    );
  });
});
