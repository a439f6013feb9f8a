import { findChromium, findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { workOnLargePages } from "./web-scale.ts";

/** The long run, small: all rows come into one list, and each page tells how it felt; how fast is for the long run. */
it.skipIf((findRedisServer() === null || findChromium() === null) && !process.env.CI)(
  "uses a page of queues and a list of many rows",
  async () => {
    const { figures } = await workOnLargePages({ queues: 20, rows: 300, ms: 1_000 }, () => undefined);
    const rows = figures.find(({ what }) => what === "rows brought into one list");
    expect(rows).toMatchObject({ target: "≥ 300", passed: true });
    expect(figures.filter(({ measured }) => measured.includes("NaN"))).toEqual([]);
  },
);
