import { findRedisServer } from "@spillway/testkit/node";
import { expect, it } from "vitest";
import { compareCrowds } from "./viewers.ts";

/** Small: each figure is there for everybody; what they are is for the full size. */
it.skipIf(findRedisServer() === null && !process.env.CI)("lets everybody be looked at", async () => {
  const { lines } = await compareCrowds([{ queues: 4, viewers: 2 }], () => undefined, {
    everyMs: 100,
    watchMs: 300,
  });
  expect(lines.map(({ what }) => what.split(": ")[1])).toEqual([
    "Redis commands",
    "Redis' processor",
    "the board's processor",
    "answer, p95",
    "memory",
  ]);
  for (const { ours, peers } of lines)
    expect([ours, ...Object.values(peers)].filter(Number.isFinite)).toHaveLength(3);
});
