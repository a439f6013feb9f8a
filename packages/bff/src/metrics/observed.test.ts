import { describe, expect, test } from "vitest";
import { createStage, START, TICK } from "./stage.fixture.ts";

describe("a change made outside", () => {
  test("is observed once, and ours never", async () => {
    await using stage = createStage({ scenario: "healthy" });
    const { engine, observed, ours, clock, sampler } = stage;
    await stage.run(3 * TICK);
    await engine.pauseQueue("emails");
    await stage.run(5 * TICK);
    expect(observed).toMatchObject([{ action: "queue.pause", queue: "emails" }]);
    expect(sampler.overview().trouble.map(({ id }) => id)).toContain("changed_outside:emails");
    ours.push({ action: "queue.resume", queue: "emails", at: clock.now() });
    await engine.resumeQueue("emails");
    await stage.run(5 * TICK);
    expect(observed).toHaveLength(1);
    await engine.pauseQueue("billing");
    await sampler.tick();
    await sampler.tick();
    await stage.run(5 * TICK);
    await engine.resumeQueue("billing");
    await stage.run(5 * TICK);
    expect(observed.map(({ action, queue }) => `${action} ${queue}`)).toEqual([
      "queue.pause emails",
      "queue.pause billing",
      "queue.resume billing",
    ]);
  });

  test("that deletes jobs is counted; retries, starts and our own deletions are not", async () => {
    await using stage = createStage();
    const { engine, observed, ours, clock, sampler } = stage;
    engine.defineQueue("q");
    for (let i = 0; i < 400; i++) engine.add("q", "t", {}, { attempts: 1 });
    await engine.pauseQueue("q");
    ours.push({ action: "queue.pause", queue: "q", at: clock.now() });
    await stage.run(3 * TICK);
    const then = clock.now();
    await engine.holdWaiting("q", { id: "elsewhere", until: 0 }, { includeDelayed: false });
    await stage.run(3 * TICK);
    expect(observed).toMatchObject([{ action: "job.remove", queue: "q", affected: 400 }]);
    const { from, to } = observed[0]?.between ?? expect.fail();
    expect([(from ?? Infinity) <= then, to > then]).toEqual([true, true]);
    expect(stage.markers.list({ kind: "action" })).toMatchObject([
      {
        title: observed[0]?.text,
        queue: "q",
        actor: null,
        audit_id: "record 1",
        at: new Date(to).toISOString(),
      },
    ]);
    expect(sampler.queue("q")?.trouble.map(({ code }) => code)).toContain("jobs_removed");
    for (let i = 0; i < 400; i++) engine.add("q", "t", {}, { attempts: 1 });
    await stage.run(TICK);
    ours.push({ action: "queue.drain", queue: "q", at: clock.now() });
    await engine.holdWaiting("q", { id: "ours", until: 0 }, { includeDelayed: false });
    await stage.run(3 * TICK);
    expect(observed).toHaveLength(1);
    await engine.resumeQueue("q");
    ours.push({ action: "queue.resume", queue: "q", at: clock.now() });
    engine.addWorker({
      queues: ["q"],
      concurrency: 100,
      simulate: () => ({ ms: 10, error: { name: "E", message: "no", stack: null } }),
    });
    for (let i = 0; i < 200; i++) engine.add("q", "t", {}, { attempts: 1 });
    await stage.run(5 * TICK);
    const { rows } = await engine.listJobs("q", "failed", { offset: 0, limit: 100 });
    for (const row of rows) await engine.retryJob("q", row.id);
    await stage.run(5 * TICK);
    expect(observed).toHaveLength(1);
    const failed = await engine.listJobs("q", "failed", { offset: 0, limit: 200 });
    await engine.actOnJobs("q", "remove", failed.rows, { receipt: "elsewhere" });
    await stage.run(5 * TICK);
    expect(observed.slice(1)).toMatchObject([{ action: "job.remove", affected: 200 }]);
  });
});

test("a queue that was paused before anybody looked is on record once, unless a record tells of it", async () => {
  await using stage = createStage();
  const { engine, observed, ours, markers } = stage;
  for (const name of ["mail", "sms", "push"]) engine.defineQueue(name);
  await engine.pauseQueue("mail");
  await engine.pauseQueue("sms");
  ours.push({ action: "queue.pause", queue: "sms", at: START - 60_000 });
  await stage.run(3 * TICK);
  expect(observed).toMatchObject([
    {
      action: "queue.pause",
      queue: "mail",
      text: "mail was paused when this console began; since when and by whom is not known.",
      between: { from: null, to: START },
    },
  ]);
  expect(markers.list({ queue: "mail" })).toMatchObject([{ kind: "action", audit_id: "record 1" }]);
  await engine.resumeQueue("mail");
  await stage.run(3 * TICK);
  expect(observed.slice(1)).toMatchObject([{ action: "queue.resume", queue: "mail" }]);
});

describe("jobs that vanish", () => {
  test("are noticed if they are few, delayed, or gone with their whole queue", async () => {
    await using stage = createStage();
    const { engine, observed, ours, clock, fault, sampler } = stage;
    engine.defineQueue("q");
    await engine.pauseQueue("q");
    ours.push({ action: "queue.pause", queue: "q", at: clock.now() });
    const ids = Array.from({ length: 30 }, () => engine.add("q", "t", {}));
    for (let i = 0; i < 30; i++) engine.add("q", "t", {}, { delayMs: 86_400_000 });
    await stage.run(3 * TICK);
    for (const id of ids.slice(0, 8)) await engine.removeJob("q", id);
    await stage.run(3 * TICK);
    expect(observed.map(({ text }) => text)).toEqual(["8 waiting jobs of q vanished without this console."]);
    const delayed = await engine.listJobs("q", "delayed", { offset: 0, limit: 100 });
    await engine.actOnJobs("q", "remove", delayed.rows, { receipt: "elsewhere" });
    await stage.run(3 * TICK);
    expect(observed.at(-1)?.text).toBe("30 delayed jobs of q vanished without this console.");
    fault.gone = "q";
    await stage.run(3 * TICK);
    expect(observed.at(-1)).toEqual({
      action: "job.remove",
      queue: "q",
      affected: 22,
      text: "q is gone, deleted from outside this console. It held 22 waiting jobs.",
      between: { from: expect.any(Number), to: expect.any(Number) },
    });
    expect(observed).toHaveLength(3);
    const [finding] = sampler.overview().trouble.filter(({ code }) => code === "changed_outside");
    expect(finding).toMatchObject({ queue: "q", link: "/audit?queue=q" });
  });
});

describe("a deploy", () => {
  test("makes one marker when workers move to another version", async () => {
    await using stage = createStage();
    const { engine, markers } = stage;
    const first = [1, 2, 3].map(() => engine.addWorker({ queues: ["q"], version: "2.13.9" }));
    await stage.run(3 * TICK);
    for (const id of first) {
      await engine.stopWorker(id);
      engine.addWorker({ queues: ["q"], version: "2.14.0" });
      await stage.run(3 * TICK);
    }
    await stage.run(20 * TICK);
    const [deploy, ...others] = markers.list({});
    expect(others).toEqual([]);
    expect(deploy).toMatchObject({
      kind: "deploy",
      title: "Moved to 2.14.0, 3 of 3 workers of q",
      queue: "q",
    });
  });
});

describe("findings", () => {
  test("a healthy hour has none", async () => {
    await using stage = createStage({ scenario: "healthy" });
    const told = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await stage.run(12 * TICK);
      for (const { id, text } of stage.sampler.overview().trouble) told.add(`${id}: ${text}`);
    }
    expect([...told]).toEqual([]);
    expect(stage.observed).toEqual([]);
    expect(stage.markers.list({})).toEqual([]);
    expect(stage.sampler.overview().expected_workers?.source).toBe("learned");
  });

  test("tell of jobs that no worker holds, and of those that were put back for it", async () => {
    await using stage = createStage();
    const { engine, sampler } = stage;
    engine.defineQueue("q");
    const forever = () => ({ ms: 3_600_000 });
    const dead = engine.addWorker({ queues: ["q"], concurrency: 2, simulate: forever });
    for (let i = 0; i < 2; i++) engine.add("q", "x", {});
    await stage.run(4 * TICK);
    expect(sampler.overview().trouble).toEqual([]);
    engine.addWorker({ queues: ["q"], concurrency: 2, simulate: forever });
    engine.killWorker(dead);
    await stage.run(3 * TICK);
    const stalled = { id: "stalled_jobs:q", severity: "warning" };
    expect(sampler.overview().trouble).toMatchObject([
      { ...stalled, text: "2 jobs in q stalled: no worker renews their locks." },
    ]);
    await stage.run(4 * TICK);
    expect(sampler.overview().trouble).toMatchObject([
      { ...stalled, text: expect.stringContaining("stalled in the last minute"), link: "/workers?queue=q" },
    ]);
  });

  test("say who is on it until it is over", async () => {
    await using stage = createStage();
    stage.engine.defineQueue("q");
    await stage.engine.pauseQueue("q");
    await stage.run(5 * TICK);
    const ack = { by: "ana", at: new Date(stage.clock.now()).toISOString(), note: null, until: null };
    expect(stage.sampler.ackTrouble("paused:nothing", ack)).toBe(false);
    expect(stage.sampler.ackTrouble("paused:q", ack)).toBe(true);
    expect(stage.sampler.overview().trouble).toMatchObject([
      { id: "paused:q", acked: { by: "ana" }, link: "/queues/q" },
    ]);
    expect(stage.sampler.overview().quiet_since).toBeNull();
    await stage.engine.resumeQueue("q");
    stage.ours.push({ action: "queue.resume", queue: "q", at: stage.clock.now() });
    await stage.run(5 * TICK);
    expect(stage.sampler.overview().trouble).toEqual([]);
    expect(stage.sampler.overview().quiet_since).not.toBeNull();
  });
});
