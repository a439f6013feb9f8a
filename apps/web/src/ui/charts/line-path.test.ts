import { expect, it } from "vitest";
import { linePath } from "./line-path.ts";

const x = [0, 10, 20, 30];
const y = (value: number) => 100 - value;

it("draws what is known and breaks where nothing is", () => {
  expect(linePath([1, 2, null, 4], { x, y })).toBe("M0 99h0L10 98M30 96h0");
});

it("draws nothing of nothing", () => {
  expect(linePath([null, null], { x, y })).toBe("");
  expect(linePath([], { x, y })).toBe("");
});
