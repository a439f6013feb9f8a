import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { type Entry, SortedList } from "./sorted-list.ts";

const byPosition = (left: Entry<string>, right: Entry<string>): number =>
  left.major - right.major || left.minor - right.minor;

describe("a sorted list", () => {
  it("agrees with a plain sorted array through thousands of random changes", () => {
    const random = createRandom(7);
    const list = new SortedList<string>();
    let model: Entry<string>[] = [];
    for (let step = 1; step <= 6000; step += 1) {
      const doomed = model[random.integer(0, model.length)];
      if (doomed && random.chance(0.35)) {
        expect(list.delete(doomed)).toBe(true);
        model = model.filter((entry) => entry !== doomed);
      } else {
        const entry = { major: random.integer(0, 40), minor: step, value: `v${step}` };
        list.insert(entry);
        model.push(entry);
      }
      if (step % 500 > 0) continue;
      model.sort(byPosition);
      expect(list.size).toBe(model.length);
      expect(list.slice(0, model.length)).toEqual(model);
      expect(list.slice(10, 25, true)).toEqual(model.toReversed().slice(10, 35));
      const middle = model[model.length >> 1];
      if (!middle) continue;
      expect(list.rank(middle)).toBe(model.length >> 1);
      expect(list.past(middle, 9)).toEqual(model.slice((model.length >> 1) + 1).slice(0, 9));
      expect(list.past(middle, 9, true)).toEqual(
        model
          .slice(0, model.length >> 1)
          .toReversed()
          .slice(0, 9),
      );
    }
  });

  it("knows that an entry is not in it", () => {
    const list = new SortedList<string>();
    expect(list.delete({ major: 1, minor: 1, value: "a" })).toBe(false);
    list.insert({ major: 1, minor: 1, value: "a" });
    expect(list.delete({ major: 1, minor: 1, value: "another" })).toBe(false);
    expect(list.size).toBe(1);
  });

  it("is empty again when all is gone", () => {
    const list = new SortedList<number>();
    const entries = Array.from({ length: 2000 }, (_, minor) => ({ major: 0, minor, value: minor }));
    for (const entry of entries) list.insert(entry);
    for (const entry of entries) list.delete(entry);
    expect({ size: list.size, first: list.first(), page: list.slice(0, 5) }).toEqual({
      size: 0,
      first: undefined,
      page: [],
    });
  });
});
