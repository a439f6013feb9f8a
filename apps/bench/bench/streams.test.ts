import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { listenTo } from "./streams.ts";

/** Small: every event reaches everybody once; how soon is for the full size. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "tells each event to each of thirty streams",
  async () => {
    const { lines } = await listenTo(30, () => undefined, { marks: 4, everyMs: 200 });
    expect(lines.find(({ what }) => what.startsWith("events that"))?.ours).toBe(0);
  },
);
