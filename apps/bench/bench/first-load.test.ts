import { existsSync } from "node:fs";
import { join } from "node:path";
import { findChromium, findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { compareFirstLooks } from "./first-load.ts";

const isMissing = findRedisServer() === null || findChromium() === null;
/** Tests run before anything is built, too. */
const isBuilt = existsSync(join(import.meta.dirname, "../../web/dist/index.html"));

/** Small: everybody shows its queues; how soon is for the full size. */
it.skipIf(!isBuilt || (isMissing && !process.env.CI))("sees the queues of everybody", async () => {
  const { lines } = await compareFirstLooks([3], 1, () => undefined);
  for (const { ours, peers } of lines)
    expect([ours, ...Object.values(peers)].filter((figure) => Number(figure) > 0)).toHaveLength(3);
});
