import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { compareIdle } from "./idle.ts";

/** Small: each figure is there for everybody; what they are is for the full size. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "tells what each takes when nobody looks",
  async () => {
    const { lines } = await compareIdle(3, () => undefined, 300);
    for (const { ours, peers } of lines)
      expect([ours, ...Object.values(peers)].filter(Number.isFinite)).toHaveLength(3);
  },
);
