import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { attack } from "./access.ts";

const COUNTED = /^(?:jobs|endless|fuzzed|of them|times|answers to a flood)/;

/** The long run, small: what is counted; times and memory are for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "attack 17–20: searches, bodies, fuzzed requests and a flood end nothing",
  async () => {
    const size = { jobs: 1_000, patterns: 6, bodies: 2, requests: 100, floodMs: 600 };
    const { figures } = await attack(size, () => undefined);
    const counted = figures.filter(({ what }) => COUNTED.test(what));
    expect(counted.filter(({ passed }) => !passed)).toEqual([]);
    expect(counted).toHaveLength(6);
  },
);
