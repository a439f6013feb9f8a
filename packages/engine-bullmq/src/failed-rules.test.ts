import { describe, expect, it } from "vitest";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

describe.skipIf(withoutRedis)("how long failed jobs are kept", () => {
  it("is the strictest that one of the newest says, and which are beyond it is counted", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing", "silent"] });
    const retention = async () => {
      const { queues } = await engine.snapshot();
      return queues.find(({ name }) => name === "billing")?.failedRetention;
    };
    const failed = (count: number) =>
      until(async () => (await queue.getJobCountByTypes("failed")) === count, `${count} are failed`);
    const fail = (jobs: number, removeOnFail?: { count?: number; age: number } | { count: number }) =>
      queue.addBulk(
        Array.from({ length: jobs }, () => ({
          name: "t",
          data: {},
          opts: removeOnFail ? { removeOnFail } : {},
        })),
      );
    await world.worker("billing", () => Promise.reject(new Error("declined")));
    expect(await retention()).toBeNull();
    await fail(3);
    await failed(3);
    expect(await retention()).toBeNull();
    await fail(9, { count: 50 });
    await failed(12);
    // Nothing was deleted yet, so nobody asked why.
    expect(await retention()).toBeNull();
    await fail(1, { count: 5 });
    await failed(5);
    expect(await retention()).toEqual({ count: 5, ageMs: null, aged: 0 });
    await fail(4, { count: 50 });
    await failed(9);
    expect(await retention()).toEqual({ count: 5, ageMs: null, aged: 0 });
    await fail(1, { count: 3, age: 3_600 });
    await failed(3);
    expect(await retention()).toEqual({ count: 3, ageMs: 3_600_000, aged: 0 });
    const [oldest = ""] = await world.redis.zrange("bull:billing:failed", "0", "0");
    await world.redis.zadd("bull:billing:failed", String(Date.now() - 7_200_000), oldest);
    expect(await retention()).toEqual({ count: 3, ageMs: 3_600_000, aged: 1 });
  });
});
