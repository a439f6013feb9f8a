import { expect, it } from "vitest";
import { medianSlope } from "./statistics.ts";

it("takes the slope of most points and not of a few", () => {
  const line = Array.from({ length: 21 }, (_, x) => ({ x, y: 100 + 2 * x }));
  expect(medianSlope(line)).toBe(2);
  expect(medianSlope(line.map((point) => (point.x === 10 ? { x: 10, y: 900 } : point)))).toBe(2);
  expect(medianSlope([{ x: 1, y: 1 }])).toBeNull();
});
