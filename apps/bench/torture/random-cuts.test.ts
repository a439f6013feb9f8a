import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { cutOff } from "./random-cuts.ts";

/** The long run, small. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "tells as done what was done once, and does nothing twice, however often Redis is cut off",
  async () => {
    const { figures } = await cutOff({ cuts: 12, seed: 7 }, () => undefined);
    expect(figures.filter(({ passed }) => !passed)).toEqual([]);
  },
);
