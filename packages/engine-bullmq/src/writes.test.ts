import { FlowProducer } from "bullmq";
import { describe, expect, it } from "vitest";
import { createWorld, refusalOf, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

describe.skipIf(withoutRedis)("writes on BullMQ's ground", () => {
  it("a cancelled job never runs, frees its deduplication id, and can be retried", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await using engine = createBullmqEngine({ url: world.server.url });
    for (const opts of [{}, { priority: 3 }, { delay: 200 }, { deduplication: { id: "once" } }])
      await queue.add("charge", {}, opts);
    for (const id of ["1", "2", "3", "4"])
      expect(await engine.cancelJob("billing", id)).toMatchObject({ state: "failed", stopped: true });
    expect((await queue.add("charge", {}, { deduplication: { id: "once" } })).id).toBe("5");
    const runs: string[] = [];
    await world.worker("billing", async (job) => runs.push(job.id ?? ""));
    await queue.add("charge", {}, { delay: 400, jobId: "last" });
    await until(() => runs.includes("last"), "the last one runs");
    expect(runs).toEqual(["5", "last"]);
    await engine.retryJob("billing", "3");
    await until(() => runs.includes("3"), "a retried one runs");
    expect((await engine.job("billing", "3"))?.state).toBe("completed");
  });

  it("says where an active job runs and what would stop it", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await using engine = createBullmqEngine({ url: world.server.url });
    const gate = Promise.withResolvers<void>();
    await world.worker("billing", () => gate.promise, { name: "shop-7" });
    const { id = "" } = await queue.add("charge", {});
    await until(async () => (await engine.job("billing", id))?.state === "active", "it runs");
    const error = await refusalOf(engine.cancelJob("billing", id));
    expect(error).toMatchObject({ code: "unsupported", capability: "job_cancel_active" });
    expect(error.message).toMatch(/shop-7.*agent/);
    expect(await refusalOf(engine.removeJob("billing", id))).toMatchObject({
      code: "conflict",
      current: { state: "active" },
    });
    gate.resolve();
  });

  it("cancels a blocked parent for good; its children run on and do not wake it", async () => {
    await using world = await createWorld();
    const [parents, children] = [world.queue("parents"), world.queue("children")];
    await parents.waitUntilReady();
    const flows = new FlowProducer({ connection: world.redis });
    const flow = (opts = {}) =>
      flows.add({ name: "p", queueName: "parents", children: [{ name: "c", queueName: "children", opts }] });
    const { job: parent } = await flow();
    const guarded = await flow({ failParentOnFailure: true });
    await using engine = createBullmqEngine({ url: world.server.url });
    const childId = guarded.children?.[0]?.job.id ?? "";
    expect(await refusalOf(engine.cancelJob("children", childId))).toMatchObject({ code: "refused" });
    await engine.cancelJob("parents", parent.id ?? "");
    const ran: string[] = [];
    await world.worker("parents", async (job) => ran.push(job.id ?? ""));
    await world.worker("children", async () => 1);
    await until(
      async () => (await children.getCompletedCount()) === 2 && ran.length > 0,
      "the other parent runs",
    );
    expect(ran).toEqual([guarded.job.id]);
    expect((await engine.job("parents", parent.id ?? ""))?.state).toBe("failed");
    await engine.removeJob("parents", guarded.job.id ?? "");
    expect(await children.getCompletedCount()).toBe(2);
    await flows.close();
  });

  it("counts, lists and resumes what an older fleet left in a paused list", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await queue.addBulk(Array.from({ length: 50 }, () => ({ name: "charge", data: {} })));
    await queue.pause();
    await world.redis.rename("bull:billing:wait", "bull:billing:paused");
    await queue.add("charge", {}, { jobId: "new" });
    await using engine = createBullmqEngine({ url: world.server.url });
    expect(await engine.queue("billing")).toMatchObject({ paused: true, counts: { waiting: 51 } });
    const { rows, total } = await engine.listJobs("billing", "waiting", { offset: 0, limit: 100 });
    expect([rows.length, total]).toEqual([51, 51]);
    expect((await engine.job("billing", "1"))?.state).toBe("waiting");
    await engine.resumeQueue("billing");
    expect(await queue.getWaitingCount()).toBe(51);
    expect((await engine.queue("billing")).paused).toBe(false);
  });

  it("runs a schedule now, by an id that tells the schedule, and the plan stays", async () => {
    await using world = await createWorld();
    const queue = world.queue("reports");
    await queue.upsertJobScheduler(
      "a:b/c d",
      { pattern: "0 3 * * *" },
      { name: "close", data: { month: 3 }, opts: { attempts: 4 } },
    );
    await using engine = createBullmqEngine({ url: world.server.url });
    const [before] = await engine.schedules("reports");
    const id = await engine.runSchedule("reports", "a:b/c d");
    expect(await engine.job("reports", id)).toMatchObject({
      state: "waiting",
      task: "close",
      payload: '{"month":3}',
      maxAttempts: 4,
      scheduleId: "a:b/c d",
    });
    expect((await engine.schedules("reports"))[0]).toEqual(before);
    expect(await refusalOf(engine.runSchedule("reports", "none"))).toMatchObject({
      code: "schedule_not_found",
    });
  });
});
