import { describe, expect, it } from "vitest";
import { createWorld, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const MINUTE = 60_000;

/** Who waits longest is told from the first few jobs at the running end, and mostly from one. */
describe.skipIf(withoutRedis)("since when the oldest job of a queue waits", () => {
  const start = Date.now() - 10 * MINUTE;

  it("is when the first to run was added", async () => {
    await using world = await createWorld();
    for (const n of [0, 1, 2]) await world.queue("emails").add("send", {}, { timestamp: start + n * MINUTE });
    await using engine = createBullmqEngine({ url: world.server.url });
    expect((await engine.queue("emails")).oldestWaitingSince).toBe(start);
  });

  it("looks past jobs that were pushed in front or were delayed before", async () => {
    await using world = await createWorld();
    const queue = world.queue("emails");
    await queue.add("plain", {}, { timestamp: start });
    await queue.add("in-front", {}, { timestamp: start + MINUTE, lifo: true });
    await queue.add(
      "was-delayed",
      {},
      { jobId: "late", delay: 60 * MINUTE, timestamp: start - MINUTE, lifo: true },
    );
    await (await queue.getJob("late"))?.promote();
    await using engine = createBullmqEngine({ url: world.server.url });
    expect((await engine.queue("emails")).oldestWaitingSince).toBe(start);
  });

  it("takes a backoff for no delay, and a retried job for none that is new", async () => {
    await using world = await createWorld();
    const queue = world.queue("emails");
    await queue.add("ran", {}, { jobId: "ran", timestamp: start - MINUTE });
    await queue.add("plain", {}, { timestamp: start, attempts: 3, backoff: { type: "fixed", delay: 1_000 } });
    await world.redis.hset("bull:emails:ran", "ats", 1, "atm", 1);
    await using engine = createBullmqEngine({ url: world.server.url });
    expect((await engine.queue("emails")).oldestWaitingSince).toBe(start);
  });

  it("tells it of many queues at once", async () => {
    await using world = await createWorld();
    const names = Array.from({ length: 45 }, (_, n) => `queue-${n + 10}`);
    for (const [n, name] of names.entries())
      await world.queue(name).add("send", {}, { timestamp: start + n });
    await using engine = createBullmqEngine({ url: world.server.url, queues: names });
    const { queues } = await engine.snapshot();
    expect(queues.map(({ oldestWaitingSince }) => oldestWaitingSince)).toEqual(
      names.map((_, n) => start + n),
    );
  });
});
