import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { watchMemory } from "./memory.ts";

const SHORT = { idleMs: 100, loadedMs: 2_000, warmUpMs: 500, sampleMs: 100, queues: 5, viewers: 2 };

/** The long run, small: what it says is for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)("measures all it names", async () => {
  const { figures } = await watchMemory(SHORT, () => undefined);
  expect(figures.filter(({ measured }) => measured.includes("NaN"))).toEqual([]);
  expect(figures).toHaveLength(5);
});
