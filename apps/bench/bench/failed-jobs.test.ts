import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { compareFailed } from "./failed-jobs.ts";

/** Small: pages show what was asked for, and a search sees every job once; times are for the full size. */
it.skipIf(findRedisServer() === null && !process.env.CI)("finds the one job among all", async () => {
  const { lines } = await compareFailed(3_000, 60, () => undefined, 1);
  const told = (what: string) => lines.find((line) => line.what === what)?.ours;
  expect(told("payload search: jobs that hold it and were found")).toBe(1);
  expect(told("payload search: jobs looked at")).toBe(3_000);
  expect(told("search by name: jobs looked at")).toBe(3_000);
});
