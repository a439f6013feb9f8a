import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { killed } from "./bulk-kills.ts";

/** The long run, small. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "loses and doubles no job, however often it is killed",
  async () => {
    const { figures } = await killed({ jobs: 1_000, kills: 3 }, () => undefined);
    expect(figures.filter(({ passed }) => !passed)).toEqual([]);
  },
);
