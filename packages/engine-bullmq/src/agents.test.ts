import { setTimeout as sleep } from "node:timers/promises";
import type { QueueEngine, WorkerRecord } from "@spillway/engine";
import { WORKERS } from "@spillway/worker-agent/protocol";
import type { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { startWorker } from "../test/worker-processes.ts";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const workersOf = async (engine: QueueEngine): Promise<WorkerRecord[]> =>
  (await engine.snapshot()).workers ?? [];

const seen = (engine: QueueEngine, test: (workers: WorkerRecord[]) => boolean, what: string) =>
  until(async () => test(await workersOf(engine)), what);

describe.skipIf(withoutRedis)("workers with an agent", () => {
  it("are told whole, once, and beside those without", async () => {
    await using world = await createWorld();
    await world.queue("billing").waitUntilReady();
    await using engine = createBullmqEngine({ url: world.server.url });
    const { port } = world.server;
    await using spoken = await startWorker({
      port,
      queue: "billing",
      name: "alpha",
      agent: true,
      version: "2.14.0",
    });
    await using _mute = await startWorker({ port, queue: "billing", name: "beta", agent: false });
    await world.queue("billing").add("obedient", {}, { jobId: "long" });
    await seen(engine, (workers) => workers.length === 2 && workers[0]?.source === "agent", "both are seen");
    const [alpha, beta] = await workersOf(engine);
    expect(alpha).toMatchObject({
      name: "alpha",
      pid: spoken.pid,
      queues: ["billing"],
      concurrency: 2,
      source: "agent",
      version: "2.14.0",
      stoppedAt: null,
    });
    expect(alpha?.id).toContain(`alpha@${alpha?.host}#${spoken.pid}.`);
    expect(Date.now() - (alpha?.heartbeatAt ?? 0)).toBeLessThan(6_500);
    expect(beta).toMatchObject({ name: "beta", source: "connection", pid: null });
    expect(engine.capabilities.job_cancel_active).toBe(true);
    expect(engine.capabilities.worker_heartbeat).toMatch(/agent/);
  });

  it("stay listed after kill -9, their heartbeat frozen, with the job they held", async () => {
    await using world = await createWorld();
    const { port } = world.server;
    await world.queue("billing").add("obedient", {}, { jobId: "held", attempts: 3 });
    await using engine = createBullmqEngine({ url: world.server.url });
    await using worker = await startWorker({ port, queue: "billing", name: null, agent: true });
    await worker.heard("started", "held");
    await seen(engine, ([one]) => one?.activeJobs[0]?.jobId === "held", "the worker holds its job");
    await until(async () => (await reportOf(world.redis)).includes('"held"'), "its agent told so");
    await worker.kill("SIGKILL");
    const [dead] = await workersOf(engine);
    await sleep(2_500);
    const after = await workersOf(engine);
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({
      id: dead?.id,
      heartbeatAt: dead?.heartbeatAt,
      stoppedAt: null,
      activeJobs: [{ queue: "billing", jobId: "held", task: "obedient" }],
    });
    expect(Date.now() - (after[0]?.heartbeatAt ?? 0)).toBeGreaterThan(2_400);
    expect(await world.redis.pttl(`bull:billing:${WORKERS}`)).toBeGreaterThan(23.9 * 3_600_000);
    // Its lock runs out in 30 s; from then on only its last report tells what it held.
    await world.redis.del("bull:billing:held:lock");
    await ageReports(world.redis, 20_000);
    expect((await workersOf(engine))[0]).toMatchObject({ activeJobs: [{ jobId: "held" }], stoppedAt: null });
    for await (const { rows } of engine.scan("billing", { states: ["active"], fields: ["worker"] }))
      expect(rows).toMatchObject([{ id: "held", workerId: dead?.id, stalled: true }]);
  });

  it("are as old as Redis' clock says, whatever the clocks of hosts say", async () => {
    await using world = await createWorld();
    await world.queue("billing").waitUntilReady();
    const hourAhead = { now: () => Date.now() + 3_600_000, after: laterCall };
    await using engine = createBullmqEngine({ url: world.server.url, clock: hourAhead });
    await using _worker = await startWorker({
      port: world.server.port,
      queue: "billing",
      name: "alpha",
      agent: true,
    });
    await seen(engine, ([one]) => one?.source === "agent", "the agent is seen");
    const [alpha] = await workersOf(engine);
    const age = hourAhead.now() - (alpha?.heartbeatAt ?? 0);
    expect(age).toBeGreaterThanOrEqual(0);
    expect(age).toBeLessThan(6_500);
  });

  it("say goodbye when they close, after their last job", async () => {
    await using world = await createWorld();
    await world.queue("billing").add("stubborn", { ms: 400 }, { jobId: "last" });
    await using engine = createBullmqEngine({ url: world.server.url });
    await using worker = await startWorker({
      port: world.server.port,
      queue: "billing",
      name: "alpha",
      agent: true,
    });
    await worker.heard("started", "last");
    const closing = worker.close();
    await sleep(150);
    expect((await workersOf(engine))[0]?.stoppedAt).toBeNull();
    await closing;
    const [gone] = await workersOf(engine);
    expect(gone).toMatchObject({ name: "alpha", activeJobs: [] });
    expect(Date.now() - (gone?.stoppedAt ?? 0)).toBeLessThan(3_000);
    expect((await engine.job("billing", "last"))?.state).toBe("completed");
    await engine.snapshot();
    expect(engine.capabilities.job_cancel_active).toMatch(/attach Spillway's agent/);
  });

  it("are enough where CLIENT LIST is denied, if every queue has one", async () => {
    await using world = await createWorld();
    await world.queue("billing").waitUntilReady();
    await world.redis.call("ACL", "SETUSER", "blind", "on", ">pw", "~*", "&*", "+@all", "-client|list");
    const at = `127.0.0.1:${world.server.port}`;
    await using engine = createBullmqEngine({ url: `redis://blind:pw@${at}` });
    expect((await engine.snapshot()).workersUnknown).toMatch(/CLIENT LIST.*attach Spillway's agent/);
    await using _worker = await startWorker({
      port: world.server.port,
      queue: "billing",
      name: "alpha",
      agent: true,
    });
    await seen(engine, ([one]) => one?.name === "alpha", "the agent is enough");
    expect((await engine.snapshot()).workersUnknown).toBeNull();
    await world.queue("emails").waitUntilReady();
    await until(async () => (await engine.snapshot()).workers === null, "a queue without one is a gap");
    expect((await engine.snapshot()).workersUnknown).toMatch(/none was seen on emails/);
  });

  it("survive a Redis that goes away, and a frozen process is silent, not doubled", async () => {
    await using world = await createWorld();
    const { port } = world.server;
    await world.queue("billing").waitUntilReady();
    await using engine = createBullmqEngine({ url: world.server.url });
    await using worker = await startWorker({ port, queue: "billing", name: "alpha", agent: true });
    await seen(engine, ([one]) => one?.source === "agent", "the agent is seen");
    await world.server.stop();
    await sleep(500);
    await world.server.restart();
    await world.queue("billing").add("stubborn", { ms: 1 }, { jobId: "after" });
    await worker.heard("ended", "after");
    await until(async () => (await workersOf(engine))[0]?.source === "agent", "it beats again", 12_000);
    expect(worker.child.exitCode).toBeNull();
    worker.child.kill("SIGSTOP");
    await sleep(1_000);
    expect(await workersOf(engine)).toHaveLength(1);
    worker.child.kill("SIGCONT");
  });

  it("a report that is none is left out; the rest stays", async () => {
    await using world = await createWorld();
    await world.queue("billing").waitUntilReady();
    const key = `bull:billing:${WORKERS}`;
    const now = Date.now();
    const report = {
      worker: "w1",
      group: "g",
      host: "h",
      pid: 1,
      concurrency: 1,
      __proto__: { stopped: true },
    };
    await world.redis.hset(
      key,
      "w1",
      `${now} ${JSON.stringify(report)}`,
      "w2",
      "gibberish",
      "w3",
      `${now} [1]`,
    );
    await world.redis.hset(key, "w4", `${now} ${JSON.stringify({ ...report, worker: "other" })}`);
    await using engine = createBullmqEngine({ url: world.server.url });
    expect((await workersOf(engine)).map(({ id, queues }) => [id, queues])).toEqual([["g", ["billing"]]]);
    await world.redis.del(key);
    await world.redis.set(key, "a string");
    expect(await workersOf(engine)).toEqual([]);
  });
});

function laterCall(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

/** As if time had gone by since the last beat. */
async function ageReports(redis: Redis, ms: number): Promise<void> {
  for (const [id, report] of Object.entries(await redis.hgetall(`bull:billing:${WORKERS}`))) {
    const space = report.indexOf(" ");
    await redis.hset(
      `bull:billing:${WORKERS}`,
      id,
      `${Number(report.slice(0, space)) - ms}${report.slice(space)}`,
    );
  }
}

async function reportOf(redis: Redis): Promise<string> {
  return (await redis.hvals(`bull:billing:${WORKERS}`)).join();
}
