import { setTimeout as sleep } from "node:timers/promises";
import type { JobsOptions } from "bullmq";
import { describe, expect, it } from "vitest";
import { addMixed, allOf, countRuns, HOLD, once, placesOf, sorted, WITH_DELAYED } from "../test/held-jobs.ts";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

describe.skipIf(withoutRedis)("a hold of all that waits", () => {
  it("brings every place back as it was: lists in order, scores, records, keys", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const ids = await addMixed(queue, 2_500);
    await using engine = createBullmqEngine({ url: world.server.url });
    const before = await placesOf(world);
    const records = await Promise.all(ids.map((id) => world.redis.hgetall(`bull:billing:${id}`)));
    const keys = (await world.redis.keys("bull:billing:de:*")).toSorted();
    expect(await engine.holdWaiting("billing", HOLD, WITH_DELAYED)).toBe(2_500);
    expect(Object.values(await placesOf(world)).flat()).toEqual([]);
    expect(await engine.holds()).toMatchObject([{ ...HOLD, queue: "billing", count: 2_500 }]);
    expect((await queue.add("charge", {}, { deduplication: { id: "once-4" } })).id).toBe("job-4");
    expect(await allOf(engine, "releaseHeld")).toBe(2_500);
    expect(await placesOf(world)).toEqual(before);
    expect(await Promise.all(ids.map((id) => world.redis.hgetall(`bull:billing:${id}`)))).toEqual(records);
    expect((await world.redis.keys("bull:billing:de:*")).toSorted()).toEqual(keys);
    expect(await world.redis.keys("*spillway*")).toEqual([]);
    await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
    expect(await allOf(engine, "purgeHeld")).toBe(2_500);
    const left = (await world.redis.keys("*")).map((key) => key.slice("bull:billing:".length));
    expect(left.toSorted()).toEqual(["events", "id", "marker", "meta", "pc"]);
  });

  it("is put back beside working workers, and each job runs once", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const ids = await addMixed(queue, 3_000, 1);
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
    const runs = await countRuns(world);
    const late = Array.from({ length: 200 }, (_, i) => `late-${i}`);
    await queue.addBulk(late.slice(0, 100).map((jobId) => ({ name: "charge", data: {}, opts: { jobId } })));
    // More of them join the hold while it is put back.
    await engine.releaseHeld("billing", HOLD.id, 500);
    await queue.addBulk(late.slice(100).map((jobId) => ({ name: "charge", data: {}, opts: { jobId } })));
    await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
    await queue.pause();
    await engine.releaseHeld("billing", HOLD.id, 900);
    await queue.resume();
    await allOf(engine, "releaseHeld");
    await until(() => runs.size === 3_200, "all have run", 20_000);
    await sleep(200);
    expect(sorted(runs)).toEqual(once([...ids, ...late]));
    expect(await queue.getJobCounts("wait", "active", "delayed", "prioritized", "completed")).toEqual({
      wait: 0,
      active: 0,
      delayed: 0,
      prioritized: 0,
      completed: 3_200,
    });
  });

  it("leaves the markers that wake idle workers, unless the queue is paused", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    const markers = async (opts: JobsOptions) => {
      await queue.add("charge", {}, opts);
      await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
      await world.redis.del("bull:billing:marker");
      await allOf(engine, "releaseHeld");
      const left = await world.redis.zrange("bull:billing:marker", "0", "-1", "WITHSCORES");
      await queue.drain(true);
      return left;
    };
    expect(await markers({})).toEqual(["0", "0"]);
    expect(await markers({ priority: 2 })).toEqual(["0", "0"]);
    const timestamp = Date.now();
    expect(await markers({ delay: 60_000, timestamp })).toEqual(["1", `${timestamp + 60_000}`]);
    await queue.setGlobalConcurrency(1);
    await world.redis.lpush("bull:billing:active", "busy");
    expect(await markers({})).toEqual([]);
    await world.redis.del("bull:billing:active");
    await queue.pause();
    expect(await markers({})).toEqual([]);
  });

  it("goes ahead of prioritized jobs that were added after workers had emptied the queue", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    const add = (jobId: string, priority: number) => queue.add("charge", {}, { jobId, priority });
    for (let i = 0; i < 20; i += 1) await add(`old-${i}`, 5);
    await add("old-urgent", 4);
    await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
    const runs = await countRuns(world);
    await add("between", 5);
    await until(() => runs.size === 1, "the queue is empty again");
    await until(async () => (await world.redis.exists("bull:billing:pc")) === 0, "the counter is reset");
    await queue.pause();
    await add("new", 5);
    await add("new-urgent", 4);
    const old = Array.from({ length: 20 }, (_, i) => `old-${i}`);
    for (let round = 0; round < 3; round += 1) {
      await allOf(engine, "releaseHeld", 10);
      const order = await world.redis.zrange("bull:billing:prioritized", "0", "-1");
      expect(order).toEqual(["old-urgent", "new-urgent", ...old, "new"]);
      await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
    }
  });

  it("of an older fleet's paused queue goes back to where its resume looks", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const ids = Array.from({ length: 30 }, (_, i) => `job-${i}`);
    await queue.addBulk(ids.map((jobId) => ({ name: "charge", data: {}, opts: { jobId } })));
    await queue.pause();
    await world.redis.rename("bull:billing:wait", "bull:billing:paused");
    await using engine = createBullmqEngine({ url: world.server.url });
    expect(await engine.holdWaiting("billing", HOLD, WITH_DELAYED)).toBe(30);
    await world.redis.lpush("bull:billing:paused", "0:0");
    await engine.releaseHeld("billing", HOLD.id, 10);
    expect(await world.redis.llen("bull:billing:paused")).toBe(11);
    await world.redis.lrem("bull:billing:paused", 1, "0:0");
    expect(await engine.holdWaiting("billing", HOLD, WITH_DELAYED)).toBe(10);
    await engine.resumeQueue("billing");
    await allOf(engine, "releaseHeld");
    const runs = await countRuns(world);
    await until(() => runs.size === 30, "all run");
    expect(sorted(runs)).toEqual(once(ids));
  });
});

describe.skipIf(withoutRedis)("schedules and a hold", () => {
  it("a next run that waits deep in a long list stays, and the schedule goes on", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const jobs = (from: number) =>
      Array.from({ length: 1_500 }, (_, i) => ({ name: "x", data: {}, opts: { jobId: `job-${from + i}` } }));
    await queue.addBulk(jobs(0));
    for (const id of ["one", "two", "three"])
      await queue.upsertJobScheduler(
        id,
        { every: 3_600_000 },
        { name: "tick", ...(id === "two" && { opts: { priority: 3 } }) },
      );
    await queue.upsertJobScheduler("later", { pattern: "0 3 * * *" }, { name: "tock" });
    await queue.addBulk(jobs(2_000));
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    const schedules = await engine.schedules("billing");
    expect(await queue.getJobCountByTypes("wait")).toBeGreaterThan(3_000);
    expect(await engine.holdWaiting("billing", HOLD, WITH_DELAYED)).toBe(3_000);
    const ticks = (await queue.getJobs(["wait", "prioritized"])).map(({ name }) => name);
    expect(ticks).toEqual(["tick", "tick", "tick"]);
    expect(await queue.getDelayedCount()).toBe(1);
    expect(await allOf(engine, "purgeHeld")).toBe(3_000);
    expect(await engine.schedules("billing")).toEqual(schedules);
    const runs = await countRuns(world);
    await until(() => runs.size === 3, "the schedules run");
    await until(async () => (await queue.getDelayedCount()) === 4, "and are planned again");
  });
});
