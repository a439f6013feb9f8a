import { setTimeout as sleep } from "node:timers/promises";
import { FlowProducer, type JobsOptions } from "bullmq";
import { describe, expect, it } from "vitest";
import { addMixed, allOf, countRuns, HOLD, placesOf, WITH_DELAYED } from "../test/held-jobs.ts";
import { startReplyDropper } from "../test/reply-dropper.ts";
import { shuffled, targetsIn } from "../test/targets.ts";
import { createWorld, refusalOf, until, type World, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";
import { HOLD_WAITING } from "./scripts/hold-waiting.ts";
import { PURGE_HELD, RELEASE_HELD } from "./scripts/walk-hold.ts";

describe.skipIf(withoutRedis)("what happens to held jobs meanwhile", () => {
  it("one that the application deleted is not put back, one that it added anew is left to it", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const ids = Array.from({ length: 40 }, (_, i) => `job-${i}`);
    const add = (jobIds: readonly string[], opts: JobsOptions = {}) =>
      queue.addBulk(jobIds.map((jobId) => ({ name: "charge", data: {}, opts: { jobId, ...opts } })));
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    for (const what of ["releaseHeld", "purgeHeld"] as const) {
      await add(ids);
      await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
      for (const id of ids.slice(0, 20)) await queue.remove(id);
      await add(ids.slice(10, 13));
      await add(ids.slice(13, 15), { priority: 2 });
      await add(ids.slice(15, 17), { delay: 60_000 });
      await engine.cancelJob("billing", ids[12] ?? "");
      expect(await allOf(engine, what)).toBe(20);
      const left = [...ids.slice(10, 17), ...(what === "releaseHeld" ? ids.slice(20) : [])];
      const found = await queue.getJobs(["wait", "prioritized", "delayed", "failed"]);
      expect(found.map(({ id }) => id ?? "").toSorted()).toEqual(left.toSorted());
      for (const id of left) await queue.remove(id);
    }
  });

  it("nothing flows: holding, putting back and purging are no work of producers or workers", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await using engine = createBullmqEngine({ url: world.server.url });
    await queue.waitUntilReady();
    await until(async () => (await engine.snapshot()).queues.length === 1, "the queue is found");
    await sleep(300);
    await addMixed(queue, 300);
    const flows = async () => (await engine.queue("billing")).flows;
    await until(async () => (await flows()).enqueued === 300, "all are seen");
    const before = await flows();
    const told: string[] = [];
    engine.subscribe(({ type, jobId }) => told.push(`${type} ${jobId}`));
    await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
    await engine.releaseHeld("billing", HOLD.id, 250);
    expect(await engine.purgeHeld("billing", HOLD.id, 500)).toEqual({ moved: 50, left: 0 });
    await until(() => told.length === 50, "the purged ones are told");
    expect(told.every((event) => event.startsWith("removed job-"))).toBe(true);
    expect(await flows()).toEqual(before);
  });

  it("removeOrphanedJobs deletes them, obliterate does not, and neither harms the hold", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await addMixed(queue, 20);
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
    expect(await queue.removeOrphanedJobs()).toBe(20);
    expect(await engine.holds()).toMatchObject([{ count: 20 }]);
    expect(await engine.releaseHeld("billing", HOLD.id, 100)).toEqual({ moved: 0, left: 0 });
    await addMixed(queue, 20);
    await engine.holdWaiting("billing", HOLD, WITH_DELAYED);
    await queue.obliterate();
    expect(await engine.releaseHeld("billing", HOLD.id, 100)).toEqual({ moved: 20, left: 0 });
    const runs = await countRuns(world);
    await until(() => runs.size === 16, "all but the delayed ones run");
  });
});

describe.skipIf(withoutRedis)("flows and a hold", () => {
  /** A parent in `billing` with two children in `parts`. */
  async function family(world: World, child: JobsOptions = {}) {
    const flows = new FlowProducer({ connection: world.redis });
    const children = ["one", "two"].map((name) => ({ name, queueName: "parts", opts: child }));
    const { job } = await flows.add({ name: "p", queueName: "billing", data: {}, children });
    await flows.close();
    return job.id ?? "";
  }

  it.each([
    ["fails it at once", { failParentOnFailure: true }, "failed"],
    ["is let go of", { removeDependencyOnFailure: true }, "completed"],
    ["is ignored", { ignoreDependencyOnFailure: true }, "completed"],
    ["lets it go on", { continueParentOnFailure: true }, "completed"],
  ])("a held parent whose failed child %s ends so when it is back", async (_, child, state) => {
    await using world = await createWorld();
    const [queue, children] = [world.queue("billing"), world.queue("parts")];
    await Promise.all([queue.waitUntilReady(), children.waitUntilReady()]);
    const id = await family(world, child);
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing", "parts"] });
    await engine.actOnJobs("billing", "remove", [{ id }], { receipt: "r", hold: HOLD });
    const ran: string[] = [];
    await world.worker("parts", async ({ name }) => {
      if (name === "one") throw new Error("declined");
    });
    await world.worker("billing", async (job) => ran.push(job.id ?? ""));
    const ended = async () => (await children.getFailedCount()) + (await children.getCompletedCount());
    await until(async () => (await ended()) === 2, "the children end");
    expect([ran, await queue.getJobCountByTypes("wait", "failed", "completed")]).toEqual([[], 0]);
    expect(await engine.releaseHeld("billing", HOLD.id, 10)).toEqual({ moved: 1, left: 0 });
    await until(async () => (await engine.job("billing", id))?.state === state, `it is ${state}`);
    expect(ran).toEqual(state === "failed" ? [] : [id]);
  });

  it("purged children let their parent go on, held or not, and other children are left alone", async () => {
    await using world = await createWorld();
    const [queue, children] = [world.queue("billing"), world.queue("parts")];
    await Promise.all([queue.waitUntilReady(), children.waitUntilReady()]);
    const [first, second, third] = [await family(world), await family(world), await family(world)];
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing", "parts"] });
    await engine.actOnJobs("billing", "remove", [{ id: second }, { id: third }], {
      receipt: "r",
      hold: HOLD,
    });
    expect((await engine.job("billing", first))?.children).toHaveLength(2);
    await engine.holdWaiting("parts", HOLD, WITH_DELAYED);
    expect(await engine.purgeHeld("parts", HOLD.id, 10)).toEqual({ moved: 6, left: 0 });
    expect((await engine.job("billing", first))?.state).toBe("waiting");
    await engine.releaseHeld("billing", HOLD.id, 1);
    expect(await engine.purgeHeld("billing", HOLD.id, 10)).toEqual({ moved: 1, left: 0 });
    const runs = await countRuns(world);
    await until(async () => (await queue.getCompletedCount()) === 2, "those that are left complete");
    expect([...runs.values()]).toEqual([1, 1]);
    expect(await world.redis.exists(`bull:billing:${third}`, `bull:billing:${second}`)).toBe(1);
  });
});

describe.skipIf(withoutRedis)("replies lost at every step of a hold", () => {
  it("lose and double no job", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const ids = await addMixed(queue, 1_200);
    await using proxy = await startReplyDropper(world.server.port);
    await using beside = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    await using engine = createBullmqEngine({ url: `redis://127.0.0.1:${proxy.port}`, queues: ["billing"] });
    const isUp = () =>
      engine.ping().then(
        () => true,
        () => false,
      );
    const idsNow = async () => {
      const held = await world.redis.keys("bull:billing:spillway:held:*");
      const parts = await Promise.all(
        held.map(async (key) =>
          (await world.redis.type(key)) === "list"
            ? world.redis.lrange(key, 0, -1)
            : world.redis.zrange(key, "0", "-1"),
        ),
      );
      const { wait = [], ...sets } = await placesOf(world);
      const inSets = Object.values(sets).flatMap((members) => members.filter((_, i) => i % 2 === 0));
      return [...parts.flat(), ...wait, ...inSets].toSorted();
    };
    const lose = async (script: { sha: string; lua: string }, call: () => Promise<unknown>) => {
      await world.redis.script("LOAD", script.lua);
      await until(isUp, "the engine is connected");
      proxy.dropReplyTo(script.sha);
      expect(await refusalOf(call())).toMatchObject({ code: "outcome_unknown" });
      expect(await idsNow()).toEqual((await existing()).toSorted());
    };
    const existing = async () => {
      const there = await Promise.all(ids.map((id) => world.redis.exists(`bull:billing:${id}`)));
      return ids.filter((_, i) => there[i] === 1);
    };
    await lose(HOLD_WAITING, () => engine.holdWaiting("billing", HOLD, WITH_DELAYED));
    expect(await beside.holds()).toMatchObject([{ count: 1_200 }]);
    for (let step = 0; step < 3; step += 1)
      await lose(RELEASE_HELD, () => engine.releaseHeld("billing", HOLD.id, 150));
    for (let step = 0; step < 3; step += 1)
      await lose(PURGE_HELD, () => engine.purgeHeld("billing", HOLD.id, 150));
    expect((await existing()).length).toBe(750);
    const targets = shuffled(await targetsIn(beside, "billing", "waiting")).slice(0, 100);
    await beside.actOnJobs("billing", "remove", targets, { receipt: "r", hold: HOLD });
    await until(isUp, "the engine is connected");
    expect(await allOf(engine, "releaseHeld")).toBe(400);
    expect(await idsNow()).toEqual((await existing()).toSorted());
  });
});
