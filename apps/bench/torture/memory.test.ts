import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { slopeOf } from "../src/slope.ts";
import { watchMemory } from "./memory.ts";

const SHORT = { idleMs: 100, loadedMs: 2_000, warmUpMs: 500, sampleMs: 100, queues: 5, viewers: 2 };

/** The long run, small: what it says is for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)("measures all it names", async () => {
  const { figures } = await watchMemory(SHORT, () => undefined);
  expect(figures.filter(({ measured }) => measured.includes("NaN"))).toEqual([]);
  expect(figures).toHaveLength(5);
});

it("takes the slope of most points and not of a few", () => {
  const line = Array.from({ length: 21 }, (_, x) => [x, 100 + 2 * x] as const);
  expect(slopeOf(line)).toBe(2);
  expect(slopeOf([...line.slice(0, 10), [10, 900], ...line.slice(11)])).toBe(2);
  expect(slopeOf([[1, 1]])).toBeNaN();
});
