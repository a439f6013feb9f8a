import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { readShapes } from "./shapes.ts";

/** The long run, small: what it counts must be right at any size; times are for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)("counts every failed job by its shape", async () => {
  const { figures } = await readShapes(20_000, () => undefined);
  const counts = figures.filter(({ what }) => /jobs|shapes whose/.test(what));
  expect(counts.map(({ what, passed }) => ({ what, passed }))).toEqual([
    { what: "jobs counted", passed: true },
    { what: "shapes whose count is not what was seeded", passed: true },
    { what: "jobs counted once there were 1,000 more", passed: true },
    { what: "jobs read for those 1,000", passed: true },
  ]);
});
