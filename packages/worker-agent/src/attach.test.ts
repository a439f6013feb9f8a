import { setTimeout as sleep } from "node:timers/promises";
import type { Job } from "bullmq";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, until, type World, withoutRedis } from "../test/world.ts";
import { attachSpillway } from "./attach.ts";
import { ANSWER, CANCEL, parseReport, WORKERS, type WorkerReport } from "./protocol.ts";

async function reports({ redis }: World, base = "bull:billing:"): Promise<WorkerReport[]> {
  const all = await redis.hvals(`${base}${WORKERS}`);
  return all.flatMap((raw) => parseReport(raw)?.report ?? []);
}

/** Asks as a console would; resolves to the answer that is given at last. */
async function ask({ redis }: World, job: Job, base = "bull:billing:"): Promise<string | null> {
  const token = (await redis.get(`${base}${job.id}:lock`)) ?? "";
  const request = { jobId: job.id, token, attempt: 1, reason: "Cancelled by an operator" };
  await redis.hset(
    `${base}${CANCEL}${token.slice(0, token.lastIndexOf(":"))}`,
    "r1",
    JSON.stringify(request),
  );
  const answer = () => redis.get(`${base}${ANSWER}r1`);
  await until(async () => !["taken", "asked", null].includes(await answer()), "the agent answers");
  return answer();
}

const untilAborted = (_job: Job, _token?: string, signal?: AbortSignal) =>
  sleep(60_000, undefined, signal ? { signal } : {});

describe.skipIf(withoutRedis)("an attached agent", () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown) => rejections.push(reason);
  beforeAll(() => void process.on("unhandledRejection", note));
  afterAll(() => {
    process.off("unhandledRejection", note);
    expect(rejections).toEqual([]);
  });

  it("tells of its worker, opens no connection, and says goodbye", async () => {
    await using world = await createWorld();
    const connections = async () => String(await world.redis.client("LIST")).split("\n").length;
    const worker = world.worker("billing", untilAborted, { name: "alpha", concurrency: 7 });
    await worker.waitUntilReady();
    const before = await connections();
    attachSpillway(worker, { version: "2.14.0" });
    await until(async () => (await reports(world)).length === 1, "it tells of itself");
    expect(await connections()).toBe(before);
    expect((await reports(world))[0]).toMatchObject({
      worker: worker.id,
      name: "alpha",
      pid: process.pid,
      version: "2.14.0",
      concurrency: 7,
      jobs: [],
      cancels: true,
      stopped: false,
    });
    await worker.close();
    expect((await reports(world))[0]).toMatchObject({ stopped: true });
  });

  it("keeps odd names, and a cluster's hash tags", async () => {
    await using world = await createWorld(["--cluster-enabled", "yes"]);
    await world.redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    await until(async () => (await world.redis.cluster("INFO")).includes("cluster_state:ok"), "it is up");
    const name = 'größe "1" \\ 日本';
    const queue = world.queue(name, "{bull}");
    const worker = world.worker(name, untilAborted, { prefix: "{bull}" });
    attachSpillway(worker, { name });
    const job = await queue.add("charge", {});
    const base = `{bull}:${name}:`;
    await until(async () => (await reports(world, base))[0]?.jobs?.[0]?.id === job.id, "it tells its job");
    expect((await reports(world, base))[0]).toMatchObject({ name, jobs: [{ task: "charge" }] });
    expect(await ask(world, job, base)).toBe("stopped");
    await until(() => job.isFailed(), "the job ends");
  });

  it("makes one worker of those of one name, one per queue", async () => {
    await using world = await createWorld();
    const queues = ["billing", "emails", "billing"];
    for (const queue of queues) attachSpillway(world.worker(queue, untilAborted, { name: "alpha" }));
    const groups = async () => [
      ...(await reports(world)).map(({ group }) => group),
      ...(await reports(world, "bull:emails:")).map(({ group }) => group),
    ];
    await until(async () => (await groups()).length === 3, "all three tell of themselves");
    expect(new Set(await groups()).size).toBe(2);
  });

  it("ends a cancelled job for good though its processor throws an error of its own, sandboxed or not", async () => {
    await using world = await createWorld();
    const file = new URL("../test/sandboxed.mjs", import.meta.url);
    for (const [name, processor] of [
      ["billing", untilAborted],
      ["emails", file],
    ] as const) {
      const base = `bull:${name}:`;
      attachSpillway(world.worker(name, processor));
      const job = await world.queue(name).add("long", {}, { attempts: 3 });
      await until(async () => (await reports(world, base))[0]?.jobs?.length === 1, "it runs");
      if (name === "emails") await sleep(1_000);
      expect(await ask(world, job, base)).toBe("stopped");
      await until(() => job.isFailed(), "the job ends");
      const [stack = ""] = JSON.parse((await world.redis.hget(`${base}${job.id}`, "stacktrace")) ?? "[]");
      expect(stack).toMatch(/^Cancelled: Cancelled by an operator/);
      expect(await world.redis.hget(`${base}${job.id}`, "atm")).toBe("1");
    }
  });

  it("is there once, and leaves nothing behind when it is taken off", async () => {
    await using world = await createWorld();
    const worker = world.worker("billing", untilAborted);
    const agent = attachSpillway(worker);
    expect(attachSpillway(worker)).toBe(agent);
    await until(async () => (await reports(world)).length === 1, "it tells of itself");
    await agent.detach();
    expect(await reports(world)).toEqual([]);
    expect(Object.hasOwn(worker, "callProcessJob")).toBe(false);
    expect(worker.listenerCount("closing") + worker.listenerCount("closed")).toBe(0);
    const job = await world.queue("billing").add("charge", {});
    await until(() => job.isActive(), "the worker works on");
    await sleep(700);
    expect(await reports(world)).toEqual([]);
  });

  it("forgets those that stopped an hour ago or fell silent a day ago", async () => {
    await using world = await createWorld();
    const key = `bull:billing:${WORKERS}`;
    const ago = (ms: number, stopped: boolean) => `${Date.now() - ms} ${JSON.stringify({ stopped })}`;
    const hour = 3_600_000;
    await world.redis.hset(key, {
      odd: "gibberish",
      "stopped lately": ago(hour / 2, true),
      "stopped long ago": ago(hour * 1.1, true),
      "silent for long": ago(hour * 23, false),
      "silent for too long": ago(hour * 24.1, false),
    });
    for (let i = 0; i < 600; i += 1) await world.redis.hset(key, `crashed ${i}`, ago(120_000 + i, false));
    const worker = world.worker("billing", untilAborted);
    attachSpillway(worker);
    await until(async () => (await world.redis.hlen(key)) === 501, "old ones are swept");
    const left = await world.redis.hkeys(key);
    expect(left).toContain(worker.id);
    expect(left).toContain("crashed 499");
    expect(left).not.toContain("crashed 500");
  });

  it("never throws into its host: not when Redis is away, denies it, or is none", async () => {
    await using world = await createWorld();
    const errors: string[] = [];
    const onError = (error: unknown) => {
      errors.push(String(error));
      throw new Error("A careless listener.");
    };
    await world.redis.set(`bull:emails:${WORKERS}`, "something else");
    attachSpillway(world.worker("emails", untilAborted), { onError });
    attachSpillway(world.worker("billing", untilAborted), { connection: {}, onError });
    await until(() => errors.length === 2, "both are told of");
    expect(errors.join()).toMatch(/WRONGTYPE/);
    expect(errors.join()).toMatch(/no defineCommand/);

    const worker = world.worker("webhooks", async () => "done");
    attachSpillway(worker, { heartbeatMs: 1_000 });
    await until(async () => (await reports(world, "bull:webhooks:")).length === 1, "it tells of itself");
    await world.server.stop();
    await sleep(1_500);
    await world.server.restart();
    await until(async () => (await reports(world, "bull:webhooks:")).length === 1, "it tells again");
  });
});
