import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { killAtRandom } from "./audit-kills.ts";

/** The long run, small. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "no effect is without its record, however the console dies",
  async () => {
    const { figures } = await killAtRandom({ actions: 300, kills: 3, seed: 7 }, () => undefined);
    expect(figures.filter(({ passed }) => !passed)).toEqual([]);
  },
  120_000,
);
