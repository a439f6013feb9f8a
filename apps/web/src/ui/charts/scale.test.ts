import { expect, it } from "vitest";
import { levelsOf, nearest, roundTimes, shareOf } from "./scale.ts";

it("begins at zero, unless the lowest value is far from it; ripples stay ripples", () => {
  expect(levelsOf(4_240, true, 4_000)).toEqual([4_000, 4_100, 4_200, 4_300]);
  expect(levelsOf(4_240, true, 4_239)).toEqual([4_000, 4_100, 4_200, 4_300]);
  expect(levelsOf(4_240, true, 3_000)).toEqual([0, 2_000, 4_000, 6_000]);
  expect(levelsOf(0, true, 0)).toEqual([0, 1]);
});

it("parts a height into round figures that reach over the highest value", () => {
  expect(levelsOf(437, true)).toEqual([0, 200, 400, 600]);
  expect(levelsOf(400, true)).toEqual([0, 100, 200, 300, 400]);
  expect(levelsOf(0.9, false)).toEqual([0, 0.5, 1]);
  expect(levelsOf(0.3, false)).toEqual([0, 0.1, 0.2, 0.3]);
});

it("counts what has no halves in whole steps, also where there is nothing", () => {
  expect(levelsOf(2, true)).toEqual([0, 1, 2]);
  expect(levelsOf(0, true)).toEqual([0, 1]);
  expect(levelsOf(0, false)).toEqual([0, 0.5]);
});

it("finds round times, no more than there is room for", () => {
  const from = Date.parse("2026-11-25T14:02:07Z");
  const minutes = roundTimes(from, from + 10 * 60_000, 5);
  expect(minutes.times.map((at) => new Date(at).toISOString().slice(11, 16))).toEqual([
    "14:04",
    "14:06",
    "14:08",
    "14:10",
    "14:12",
  ]);
  expect(roundTimes(from, from + 48 * 3_600_000, 4).step).toBe(12 * 3_600_000);
  expect(roundTimes(from, from, 5).times).toEqual([from]);
});

it("finds the point that is nearest to a time", () => {
  expect([-5, 14, 16, 99].map((wanted) => nearest([0, 10, 20, 30], wanted))).toEqual([0, 1, 2, 3]);
  expect(nearest([7], 100)).toBe(0);
  expect(nearest([], 100)).toBe(-1);
  expect(shareOf(5, 0, 20)).toBe(0.25);
  expect(shareOf(5, 5, 5)).toBe(0);
});
