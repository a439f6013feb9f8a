import { setTimeout as sleep } from "node:timers/promises";
import type { QueueEngine } from "@spillway/engine";
import { FlowProducer, type Job } from "bullmq";
import { describe, expect, it } from "vitest";
import { inChunks, shuffled, tally, targetsIn } from "../test/targets.ts";
import { createWorld, refusalOf, type World, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const HOLD = { id: "aside", until: 1_900_000_000_000 };
const LONG = 6_000;

async function longQueue(world: World, jobs = LONG): Promise<string[]> {
  const queue = world.queue("billing");
  for (const part of inChunks(
    Array.from({ length: jobs }, (_, i) => `job-${i}`),
    1_000,
  ))
    await queue.addBulk(part.map((jobId) => ({ name: "charge", data: {}, opts: { jobId } })));
  return Array.from({ length: jobs }, (_, i) => `job-${i}`);
}

/** The ids in a list, the next to run first. */
const inList = async (world: World, list = "wait") =>
  (await world.redis.lrange(`bull:billing:${list}`, 0, -1)).toReversed();

async function tellOf(engine: QueueEngine, ids: readonly string[], receipt: string) {
  const results = await engine.actOnJobs(
    "billing",
    "retry",
    ids.map((id) => ({ id })),
    { receipt },
  );
  return results.map(({ outcome, state }) => [outcome, state]);
}

describe.skipIf(withoutRedis)("many jobs in a long list", () => {
  it.each(["remove", "cancel", "hold"])(
    "%s takes exactly those that are named, wherever they are",
    async (how) => {
      await using world = await createWorld();
      const ids = await longQueue(world);
      await using engine = createBullmqEngine({ url: world.server.url });
      const named = shuffled(ids.filter((_, i) => i % 5 === 0 || (i > 2_900 && i < 3_000)));
      const versions = new Map((await targetsIn(engine, "billing", "waiting")).map((one) => [one.id, one]));
      const action = how === "hold" ? "remove" : how === "cancel" ? "cancel" : "remove";
      for (const [i, part] of inChunks(named).entries()) {
        const targets = part.map((id) => versions.get(id) ?? { id });
        const options = { receipt: `r:${i}`, ...(how === "hold" && { hold: HOLD }) };
        const results = await engine.actOnJobs("billing", action, targets, options);
        expect(tally(results)).toEqual({ done: part.length });
        // Asked again, nothing happens, though the jobs would be looked for elsewhere now.
        expect(await engine.actOnJobs("billing", action, targets, options)).toEqual(results);
      }
      const gone = new Set(named);
      expect(await inList(world)).toEqual(ids.filter((id) => !gone.has(id)));
      const { counts } = await engine.queue("billing");
      expect(counts).toMatchObject({
        waiting: ids.length - named.length,
        failed: how === "cancel" ? named.length : 0,
      });
      expect(await world.redis.exists(`bull:billing:${named[0]}`)).toBe(how === "remove" ? 0 : 1);
      if (how !== "hold") return;
      await engine.releaseHeld("billing", HOLD.id, ids.length);
      expect((await inList(world)).toSorted()).toEqual(ids.toSorted());
    },
  );

  it("finds them in the paused list of an older fleet too", async () => {
    await using world = await createWorld();
    const ids = await longQueue(world);
    await world.queue("billing").pause();
    await world.redis.rename("bull:billing:wait", "bull:billing:paused");
    await world.queue("billing").add("charge", {}, { jobId: "new" });
    await using engine = createBullmqEngine({ url: world.server.url });
    const named = ["new", ...ids.slice(2_950, 3_050)];
    const results = await engine.actOnJobs(
      "billing",
      "remove",
      named.map((id) => ({ id })),
      { receipt: "r" },
    );
    expect(tally(results)).toEqual({ done: 101 });
    expect([await inList(world), await inList(world, "paused")]).toEqual([
      [],
      ids.filter((id) => !named.includes(id)),
    ]);
  });

  it("tells where a job is that can't be acted on, and which are nowhere", async () => {
    await using world = await createWorld();
    const ids = await longQueue(world);
    await using engine = createBullmqEngine({ url: world.server.url });
    await world.redis.del(`bull:billing:${ids[3_100]}`);
    await world.redis.hset("bull:billing:orphan", "name", "charge", "delay", 0);
    const asked = [ids[3_000], ids[3_100], "orphan", "never"].map((id) => id ?? "");
    expect(await tellOf(engine, asked, "a")).toEqual([
      ["conflict", "waiting"],
      ["conflict", "waiting"],
      ["gone", null],
      ["gone", null],
    ]);
    const targets = asked.map((id) => ({ id, expectVersion: "waiting:unreadable" }));
    const removed = await engine.actOnJobs("billing", "remove", targets, { receipt: "b" });
    expect(removed.map(({ outcome }) => outcome)).toEqual(["conflict", "done", "gone", "gone"]);
    expect(await world.redis.llen("bull:billing:wait")).toBe(LONG - 1);
  });

  it("loses none while workers take jobs from one end and producers add at the other", {
    timeout: 120_000,
  }, async () => {
    await using world = await createWorld();
    const ids = await longQueue(world, 4_000);
    const ran: string[] = [];
    const work = async (job: Job) => {
      await sleep(5);
      ran.push(job.id ?? "");
    };
    await world.worker("billing", work, { concurrency: 5 });
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    const removed: string[] = [];
    const targets = (await targetsIn(engine, "billing", "waiting")).filter((_, i) => i % 3 === 0);
    for (const [i, part] of inChunks(targets).entries()) {
      await world.queue("billing").add("charge", {}, { jobId: `late-${i}` });
      for (const { id, outcome } of await engine.actOnJobs("billing", "remove", part, { receipt: `r:${i}` }))
        if (outcome === "done") removed.push(id);
    }
    const late = inChunks(targets).map((_, i) => `late-${i}`);
    await expect
      .poll(async () => (await engine.queue("billing")).counts, { timeout: 40_000 })
      .toMatchObject({ waiting: 0, active: 0 });
    expect([...ran, ...removed].toSorted()).toEqual([...ids, ...late].toSorted());
    expect(removed.length).toBeGreaterThan(300);
  });
});

describe.skipIf(withoutRedis)("one job among many", () => {
  it("that Redis fails on is left where it is, and stops no other", async () => {
    await using world = await createWorld();
    const ids = await longQueue(world, 20);
    await world.redis.hset("bull:billing:job-7", "parentKey", "bull:billing:meta");
    await world.redis.set("bull:billing:meta:dependencies", "not a set");
    await using engine = createBullmqEngine({ url: world.server.url });
    const results = await engine.actOnJobs(
      "billing",
      "remove",
      ids.map((id) => ({ id })),
      { receipt: "r" },
    );
    expect(tally(results)).toEqual({ done: 19, refused: 1 });
    expect(results[7]).toMatchObject({ id: "job-7", outcome: "refused", state: "waiting" });
    expect(results[7]?.message).toMatch(/WRONGTYPE/);
    expect(await inList(world)).toEqual(["job-7"]);
  });

  it("may be the next run of a schedule, which stays whatever is asked", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await queue.upsertJobScheduler("nightly", { pattern: "0 3 * * *" }, { name: "close" });
    await queue.add("charge", {}, { jobId: "other", delay: 60_000 });
    await using engine = createBullmqEngine({ url: world.server.url });
    const id = (await queue.getDelayed()).find(({ name }) => name === "close")?.id ?? "";
    expect(await refusalOf(engine.removeJob("billing", id))).toMatchObject({ code: "refused" });
    for (const [action, hold] of [["cancel"], ["remove"], ["remove", HOLD]] as const) {
      const options = { receipt: `${action}-${hold?.id}`, ...(hold !== undefined && { hold }) };
      const [result] = await engine.actOnJobs("billing", action, [{ id }], options);
      expect(result).toMatchObject({ outcome: "refused", state: "delayed" });
    }
    expect(await queue.getDelayedCount()).toBe(2);
  });

  it("may be named again, or be moved on by what is done to another", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const ids = await longQueue(world, 20);
    const flows = new FlowProducer({ connection: world.redis });
    const child = (jobId: string) => ({ name: "c", queueName: "billing", opts: { jobId } });
    const family = { name: "p", queueName: "billing", opts: { jobId: "parent" } };
    await flows.add({ ...family, children: [child("one"), child("two")] });
    await using engine = createBullmqEngine({ url: world.server.url });
    const ask = async (action: "remove" | "cancel" | "retry", named: readonly string[]) => {
      const targets = named.map((id) => ({ id }));
      const results = await engine.actOnJobs("billing", action, targets, { receipt: action });
      return results.map(({ outcome, state }) => (outcome === "done" ? outcome : state));
    };
    const some = ids.slice(0, 10);
    expect(await ask("cancel", [...some, ...some])).toEqual([
      ...some.map(() => "done"),
      ...some.map(() => "failed"),
    ]);
    expect(await ask("retry", ["job-15", ...some, ...some])).toEqual([
      "waiting",
      ...some.map(() => "done"),
      ...some.map(() => "waiting"),
    ]);
    const all = [...ids, "one", "two", "parent"];
    expect(await ask("remove", [...all, ...all])).toEqual([...all.map(() => "done"), ...all.map(() => null)]);
    expect(await queue.getJobCountByTypes("wait", "waiting-children", "failed")).toBe(0);
    expect((await world.redis.keys("bull:billing:*")).length).toBe(7);
    await flows.close();
  });

  it("may be a child whose parent is moved on by its removal; lifo jobs go first when retried", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const flows = new FlowProducer({ connection: world.redis });
    const child = (jobId: string) => ({ name: "c", queueName: "billing", opts: { jobId } });
    const family = { name: "p", queueName: "billing", opts: { jobId: "parent" } };
    await flows.add({ ...family, children: [child("one"), child("two")] });
    await using engine = createBullmqEngine({ url: world.server.url });
    const targets = [{ id: "one" }, { id: "two" }, { id: "parent" }];
    const results = await engine.actOnJobs("billing", "remove", targets, { receipt: "r" });
    expect(tally(results)).toEqual({ done: 3 });
    expect(await queue.getJobCountByTypes("wait", "waiting-children")).toBe(0);
    await queue.addBulk(
      ["a", "b"].map((jobId) => ({ name: "x", data: {}, opts: { jobId, lifo: jobId === "b" } })),
    );
    for (const id of ["a", "b"]) await engine.cancelJob("billing", id);
    await queue.add("x", {}, { jobId: "c" });
    await engine.actOnJobs("billing", "retry", [{ id: "a" }, { id: "b" }], { receipt: "s" });
    expect(await inList(world)).toEqual(["b", "c", "a"]);
    await flows.close();
  });
});

describe.skipIf(withoutRedis)("versions that a scan brings", () => {
  it("are those of the rows, in every state and for odd jobs", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    for (const opts of [{}, { priority: 3 }, { delay: 60_000 }, { jobId: "no-hash" }, { jobId: "text" }])
      await queue.add("charge", {}, opts);
    await world.redis.del("bull:billing:no-hash", "bull:billing:text");
    await world.redis.set("bull:billing:text", "x");
    await world.redis.hset("bull:billing:foreign", "a", 1);
    await world.redis.lpush("bull:billing:wait", "foreign");
    await using engine = createBullmqEngine({ url: world.server.url });
    await engine.cancelJob("billing", "1");
    for (const fields of [["version"], ["task", "payload", "error", "times", "worker", "version"]] as const) {
      for (const state of ["waiting", "delayed", "failed"] as const) {
        const { rows } = await engine.listJobs("billing", state, { offset: 0, limit: 10 });
        const scanned = [];
        for await (const batch of engine.scan("billing", { states: [state], fields }))
          scanned.push(...batch.rows.map(({ id, version }) => [id, version]));
        expect(scanned).toEqual(rows.map(({ id, version }) => [id, version]));
      }
    }
  });
});
