import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { retryBoth } from "./bulk-retry.ts";

/** The long run, small: what it counts must be right at any size; times are for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)("retries every failed job once", async () => {
  const { figures } = await retryBoth(3_000, () => undefined);
  const counts = figures.filter(({ what }) => what.startsWith("jobs "));
  expect(counts.map(({ what, measured }) => [what, measured])).toEqual([
    ["jobs that wait in the end", "3,000"],
    ["jobs that wait twice", "0"],
    ["jobs left failed", "0"],
  ]);
});
