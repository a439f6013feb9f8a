import { expect, it } from "vitest";
import { fillUp } from "./audit-bounds.ts";

/** The long run, small: what is held is right at any size; memory is for the long run. */
it("keeps what it may keep, what is open, and a chain that fits", async () => {
  const { figures } = await fillUp({ records: 5_000, capacity: 500 }, () => undefined);
  expect(figures.filter(({ what, passed }) => !passed && !/memory|heap/.test(what))).toEqual([]);
});
