import { setTimeout as sleep } from "node:timers/promises";
import type { EngineEvent, QueueEngine } from "@spillway/engine";
import { Worker } from "bullmq";
import { describe, expect, it } from "vitest";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

/** The queue exists, and its events are followed from here on. */
async function found(engine: QueueEngine, queue: string): Promise<void> {
  const flows = async () => (await engine.snapshot()).queues.find(({ name }) => name === queue)?.flows;
  await until(async () => (await flows()) !== undefined, `${queue} is found`);
  await sleep(300);
}

describe.skipIf(withoutRedis)("flows", () => {
  it("count failed attempts apart from final failures, the engine's retries apart from operators'", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await using engine = createBullmqEngine({ url: world.server.url });
    const events: EngineEvent[] = [];
    engine.subscribe((event) => events.push(event));
    await found(engine, "billing");
    await world.worker("billing", async (job) => {
      if (job.data.fails) throw new Error("declined");
    });
    await queue.add("ok", {});
    await queue.add("at-once", { fails: true }, { attempts: 3, jobId: "at-once" });
    await queue.add("backoff", { fails: true }, { attempts: 3, backoff: { type: "fixed", delay: 30 } });
    const flows = async () => (await engine.queue("billing")).flows;
    await until(async () => (await flows()).failed === 2, "two jobs fail for good");
    expect(await flows()).toMatchObject({
      enqueued: 3,
      started: 7,
      completed: 1,
      failedAttempts: 6,
      failed: 2,
      autoRetried: 4,
      operatorRetried: 0,
    });
    await engine.retryJob("billing", "at-once");
    await until(async () => (await flows()).failed === 3, "it fails once more");
    const after = await flows();
    expect(after).toMatchObject({ operatorRetried: 1, failedAttempts: 7, autoRetried: 4, enqueued: 3 });
    expect([...(after.durations?.values() ?? [])].reduce((a, b) => a + b, 0)).toBe(8);
    expect(events.filter(({ type }) => type === "attempt_failed")).toHaveLength(4);
    expect(events.filter(({ type }) => type === "failed")).toHaveLength(3);
  });

  it("keep up with a storm, see jobs that are not kept, and count each event once", async () => {
    await using world = await createWorld();
    const queue = world.queue("emails");
    await using engine = createBullmqEngine({ url: world.server.url });
    await found(engine, "emails");
    await queue.addBulk(
      Array.from({ length: 4_000 }, () => ({ name: "send", data: {}, opts: { removeOnComplete: true } })),
    );
    await world.worker("emails", async () => ({ big: "x".repeat(2_000) }), { concurrency: 50 });
    await until(
      async () => ((await engine.queue("emails")).flows.completed ?? 0) >= 4_000,
      "all complete",
      60_000,
    );
    expect((await engine.queue("emails")).flows).toMatchObject({
      enqueued: 4_000,
      started: 4_000,
      completed: 4_000,
    });
  });

  it("begin anew, with a new since, when entries were missed", async () => {
    await using world = await createWorld();
    const queue = world.queue("emails");
    await using engine = createBullmqEngine({ url: world.server.url });
    await found(engine, "emails");
    const before = (await engine.queue("emails")).flows;
    await queue.add("send", {});
    await until(async () => (await engine.queue("emails")).flows.enqueued === 1, "one is counted");
    await world.redis
      .multi()
      .xadd("bull:emails:events", "*", "event", "added", "jobId", "a", "name", "x")
      .xadd("bull:emails:events", "*", "event", "added", "jobId", "b", "name", "x")
      .xtrim("bull:emails:events", "MAXLEN", 1)
      .exec();
    await until(
      async () => (await engine.queue("emails")).flows.since !== before.since,
      "the counters begin anew",
    );
    expect((await engine.queue("emails")).flows.enqueued).toBe(1);
  });

  it("a stalled job is no failed attempt", async () => {
    await using world = await createWorld();
    const queue = world.queue("emails");
    await using engine = createBullmqEngine({ url: world.server.url });
    await found(engine, "emails");
    await queue.add("send", {}, { jobId: "lost" });
    await world.redis.rpoplpush("bull:emails:wait", "bull:emails:active");
    await world.redis.xadd("bull:emails:events", "*", "event", "active", "jobId", "lost", "prev", "waiting");
    const [row] = (await engine.listJobs("emails", "active", { offset: 0, limit: 1 })).rows;
    expect(row?.flags).toEqual(["stalled"]);
    expect(await engine.queue("emails")).toMatchObject({ stalled: 1, flows: { stalled: 0 } });
    const stalled: EngineEvent[] = [];
    engine.subscribe((event) => event.type === "stalled" && stalled.push(event));
    await world.worker("emails", async () => 1, { name: "other" });
    await world.redis.sadd("bull:emails:stalled", "lost");
    await world.redis.del("bull:emails:stalled-check");
    const checker = new Worker("emails", null, {
      connection: { host: "127.0.0.1", port: world.server.port },
      stalledInterval: 50,
    });
    checker.on("error", () => {});
    await checker.startStalledCheckTimer();
    await until(() => stalled.length === 1, "it is told as stalled");
    await checker.close();
    expect((await engine.queue("emails")).flows).toMatchObject({
      failedAttempts: 0,
      autoRetried: 0,
      stalled: 1,
    });
    expect((await engine.queue("emails")).stalled).toBe(0);
  });

  it("are told although what should be another queue's stream is none", async () => {
    await using world = await createWorld();
    const queue = world.queue("emails");
    await world.queue("odd").add("send", {});
    await using engine = createBullmqEngine({ url: world.server.url });
    await found(engine, "emails");
    await world.redis.del("bull:odd:events");
    await world.redis.set("bull:odd:events", "no stream");
    await queue.add("send", {});
    await until(async () => (await engine.queue("emails")).flows.enqueued === 1, "it is counted");
  });
});
