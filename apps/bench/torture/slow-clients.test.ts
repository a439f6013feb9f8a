import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { standStill } from "./slow-clients.ts";

/** The long run, small: who reads on is told that something is missing; memory is for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "tells a reader that stood still to read again",
  async () => {
    const { figures } = await standStill({ clients: 3, events: 4_000, goneMs: 0 }, () => undefined);
    expect(figures.map(({ what, measured }) => [what, measured])[1]).toEqual([
      "told to read everything again",
      "3",
    ]);
  },
);
