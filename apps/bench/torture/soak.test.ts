import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { soak } from "./soak.ts";

/** The long run, small: every action is answered, and nobody who listens is left behind; memory is for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)("answers every action beside streams", async () => {
  const { figures } = await soak(400, 5, () => undefined);
  expect(figures.slice(0, 2).map(({ what, measured }) => [what, measured])).toEqual([
    ["actions answered with success", "400"],
    ["streams that were told to read again", "0"],
  ]);
});
