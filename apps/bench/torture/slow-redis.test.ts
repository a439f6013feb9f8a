import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { slowRedis } from "./slow-redis.ts";

/** The long run, short: what is answered while Redis is silent; how soon is for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "shows the last good pictures and tells no lie",
  async () => {
    const { figures } = await slowRedis({ pauseMs: 2_500, writes: 4 });
    expect(figures.slice(0, 4).map(({ what, passed }) => [what, passed])).toEqual([
      ["pictures that were refused", true],
      ["looks at jobs answered neither with jobs nor with why not", true],
      ["actions told as done that were not", true],
      ["actions that were answered", true],
    ]);
  },
);
