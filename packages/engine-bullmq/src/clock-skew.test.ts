import type { EngineEvent } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { systemClock } from "./clock.ts";
import { createBullmqEngine } from "./engine.ts";

const HOUR = 3_600_000;
const CLOSE_MS = 2_000;

describe.skipIf(withoutRedis)("another clock than that of Redis", () => {
  it.each([
    ["an hour ahead", HOUR],
    ["an hour behind", -HOUR],
  ])("%s: what happened is told by ours, in its order", async (_, skew) => {
    await using world = await createWorld();
    const clock = { ...systemClock, now: () => Date.now() + skew };
    await using engine = createBullmqEngine({ url: world.server.url, clock });
    const queue = world.queue("shop");
    await queue.add("first", {});
    await until(() => engine.snapshot().then(({ queues }) => queues.length === 1), "the queue is found");
    const events: EngineEvent[] = [];
    using unsubscribe = new DisposableStack();
    unsubscribe.defer(engine.subscribe((event) => events.push(event)));
    await until(async () => (await engine.queue("shop")).flows !== null, "its events are followed");
    const worker = await world.worker("shop", async () => {
      throw new Error("no");
    });
    await until(() => events.some(({ type }) => type === "failed"), "it failed");
    await worker.close();
    expect(events.map(({ type }) => type)).toEqual(["started", "failed"]);
    for (const { at } of events) expect(Math.abs(at - clock.now())).toBeLessThan(CLOSE_MS);
    const id = events[0]?.jobId ?? "";
    await engine.retryJob("shop", id);
    const waitingSince = async () =>
      (await engine.listJobs("shop", "waiting", { offset: 0, limit: 1 })).rows[0]?.waitingSince;
    await until(async () => typeof (await waitingSince()) === "number", "it is seen to wait");
    expect(Math.abs(((await waitingSince()) ?? 0) - clock.now())).toBeLessThan(CLOSE_MS);
  });
});
