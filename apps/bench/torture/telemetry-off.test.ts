import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { compareOff } from "./telemetry-off.ts";

/** The long run, small: a console without the code of telemetry can be had, and all are asked the same; the cost is for the long run. */
it.skipIf(findRedisServer() === null && !process.env.CI)(
  "asks consoles with telemetry off, on, and without it the same",
  { timeout: 60_000 },
  async () => {
    const { figures } = await compareOff({ sets: 1, rounds: 1, mixes: 1 }, () => undefined);
    const refused = figures.find(({ what }) => what === "requests that were refused");
    expect(refused?.measured).toBe("0");
    expect(figures.map(({ measured }) => measured).join(" ")).not.toContain("NaN");
  },
);
