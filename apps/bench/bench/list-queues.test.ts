import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { compareLists } from "./list-queues.ts";

/** Small: who lists what, and that it is told; times are for the full size. */
it.skipIf(findRedisServer() === null && !process.env.CI)("lists the same queues with everybody", async () => {
  const { lines } = await compareLists([5], () => undefined, { budgetMs: 1, patienceMs: 1 });
  const told = (what: string) => lines.find((line) => line.what === what);
  expect(lines.filter(({ what }) => what.includes("p50")).map(({ what }) => what)).toEqual([
    "5 queues: answer, p50",
    "a picture of 5 queues, p50",
  ]);
  expect(told("a picture of 5 queues: round trips")?.ours).toBe(1);
  expect(told("5 queues: answer, p50")?.peers).toEqual({
    "bull-board": expect.any(Number),
    Workbench: expect.any(Number),
  });
});
