import type { JobRow } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { createManualClock, type ManualClock } from "../clock.ts";
import { createEmbeddedEngine, type EmbeddedEngine } from "../engine.ts";
import { SCENARIOS, scenarioNames } from "./index.ts";

const NOW = Date.UTC(2026, 10, 24, 14, 5);
const MINUTE = 60_000;

function open(scenario: string, seed = 1): { clock: ManualClock; engine: EmbeddedEngine } {
  const clock = createManualClock(NOW);
  return { clock, engine: createEmbeddedEngine({ clock, scenario, seed }) };
}

async function all(engine: EmbeddedEngine, queue: string, state: JobRow["state"]): Promise<JobRow[]> {
  return (await engine.listJobs(queue, state, { offset: 0, limit: 10_000 })).rows;
}

/** Everything a reader can see, as text. */
async function picture(engine: EmbeddedEngine): Promise<string> {
  const snapshot = await engine.snapshot();
  const jobs = await Promise.all(
    snapshot.queues.flatMap(({ name }) => [all(engine, name, "failed"), all(engine, name, "active")]),
  );
  return JSON.stringify([snapshot, jobs]);
}

describe.each(scenarioNames)("scenario %s", (name) => {
  it("tells the same story for the same seed and clock, another for another seed", async () => {
    const first = open(name);
    const second = open(name);
    expect(await picture(first.engine)).toBe(await picture(second.engine));
    await first.clock.advance(20_000);
    for (let tick = 0; tick < 20; tick += 1) await second.clock.advance(1000);
    expect(await picture(first.engine)).toBe(await picture(second.engine));
    expect(await picture(open(name, 2).engine)).not.toBe(await picture(open(name).engine));
  });

  it("has a past, and nothing in the future", async () => {
    const { engine } = open(name);
    const { queues } = await engine.snapshot();
    for (const { flows } of queues) expect(flows.since).toBe(NOW - 30 * MINUTE);
    const finished = (await all(engine, "billing", "failed")).map(({ finishedAt }) => finishedAt ?? 0);
    expect(finished.length).toBeGreaterThan(2);
    expect(Math.max(...finished)).toBeLessThanOrEqual(NOW);
    expect(finished.every(Number.isInteger)).toBe(true);
    expect(Math.max(...finished) - Math.min(...finished)).toBeGreaterThan(5 * MINUTE);
  });

  it("moves on while one watches", async () => {
    const { clock, engine } = open(name);
    const started = async (): Promise<number> =>
      (await engine.snapshot()).queues.reduce((sum, { flows }) => sum + (flows.started ?? 0), 0);
    let still = 0;
    for (let second = 0; second < 60; second += 1) {
      const before = await started();
      await clock.advance(1000);
      if ((await started()) === before) still += 1;
    }
    expect(still).toBeLessThan(20);
  });

  it("nearly always has an active charge of tenant-88", async () => {
    const { clock, engine } = open(name);
    let seen = 0;
    for (let look = 0; look < 60; look += 1) {
      await clock.advance(5000);
      const active = await all(engine, "billing", "active");
      if (
        active.some(
          ({ task, payloadHead }) => task === "invoice.charge" && payloadHead?.includes("tenant-88"),
        )
      )
        seen += 1;
    }
    expect(seen).toBeGreaterThanOrEqual(57);
  });

  it("has nine to twelve living workers or ones that were lost", async () => {
    const { workers } = await open(name).engine.snapshot();
    const hosts = new Set(workers?.map(({ host }) => host));
    expect(hosts.size).toBe(12);
  });
});

describe("what happens in", () => {
  it("healthy: little waits, little fails, schedules run, parents wait for children", async () => {
    const { clock, engine } = open("healthy");
    const { queues, workers } = await engine.snapshot();
    const total = (field: "waiting" | "failed" | "delayed"): number =>
      queues.reduce((sum, { counts }) => sum + counts[field], 0);
    expect(total("waiting")).toBeLessThan(30);
    expect(total("failed")).toBeGreaterThan(5);
    expect(total("failed")).toBeLessThan(60);
    expect(total("delayed")).toBeGreaterThan(0);
    expect(workers?.every(({ heartbeatAt }) => (heartbeatAt ?? 0) > NOW - 10_000)).toBe(true);
    expect((await engine.schedules("reports")).length + (await engine.schedules("emails")).length).toBe(4);
    let blocked = 0;
    for (let minute = 0; minute < 10; minute += 1) {
      await clock.advance(MINUTE);
      for (const { counts } of (await engine.snapshot()).queues) blocked += counts.blocked;
    }
    expect(blocked).toBeGreaterThan(0);
  });

  it("bad-deploy: one dominant error on the new version only, many still retrying, until it is fixed", async () => {
    const { clock, engine } = open("bad-deploy");
    const failed = (await all(engine, "billing", "failed")).filter(
      ({ finishedAt }) => (finishedAt ?? 0) > NOW - 12 * MINUTE,
    );
    expect(failed.length).toBeGreaterThan(2000);
    const named = (name: string): number => failed.filter(({ error }) => error?.name === name).length;
    expect(named("TimeoutError") / failed.length).toBeGreaterThan(0.85);
    expect(named("ValidationError")).toBeGreaterThan(50);
    expect((await engine.queue("billing")).counts.delayed).toBeGreaterThan(50);
    const { workers } = await engine.snapshot();
    const versions = workers
      ?.filter(({ queues }) => queues.includes("billing"))
      .map(({ version }) => version);
    expect(new Set(versions)).toEqual(new Set(["2.14.0"]));
    const ids = failed.filter(({ error }) => error?.name === "TimeoutError").slice(0, 10);
    for (const { id } of ids) await engine.retryJob("billing", id);
    await clock.advance(2 * MINUTE);
    const again = await engine.jobsById(
      "billing",
      ids.map(({ id }) => id),
    );
    expect(again.filter(({ state }) => state === "failed").length).toBeGreaterThan(7);
    engine.fix();
    await clock.advance(2 * MINUTE);
    for (const { id, state } of again) if (state === "failed") await engine.retryJob("billing", id);
    await clock.advance(2 * MINUTE);
    const mended = await engine.jobsById(
      "billing",
      ids.map(({ id }) => id),
    );
    expect(mended.filter(({ state }) => state === "failed").length).toBeLessThan(2);
  });

  it("failure-spike: mails fail with one error since nine minutes ago", async () => {
    const { engine } = open("failure-spike");
    const errors = (await all(engine, "emails", "failed")).filter(
      ({ error }) => error?.name === "SmtpAuthError",
    );
    expect(errors.length).toBeGreaterThan(400);
    expect(Math.min(...errors.map(({ finishedAt }) => finishedAt ?? 0))).toBeGreaterThan(NOW - 9 * MINUTE);
  });

  it.each(["backlog", "slow-dependency", "stalled-worker"])(
    "%s: waiting mails grow until it is fixed",
    async (name) => {
      const { clock, engine } = open(name);
      const waiting = async (): Promise<number> => (await engine.queue("emails")).counts.waiting;
      const first = await waiting();
      expect(first).toBeGreaterThan(200);
      await clock.advance(MINUTE);
      const second = await waiting();
      expect(second).toBeGreaterThan(first + 20);
      engine.fix();
      await clock.advance(2 * MINUTE);
      await clock.advance(3 * MINUTE);
      expect(await waiting()).toBeLessThan(second);
    },
  );

  it("stalled-worker: a silent worker still holds its jobs, which say that they stalled", async () => {
    const { engine } = open("stalled-worker");
    const lost = (await engine.snapshot()).workers?.find(
      ({ heartbeatAt }) => (heartbeatAt ?? 0) < NOW - 5 * MINUTE,
    );
    expect(lost?.host).toBe("host-7");
    expect(lost?.activeJobs).toHaveLength(4);
    const stalled = (await all(engine, "emails", "active")).filter(({ flags }) => flags.includes("stalled"));
    expect(stalled.map(({ id }) => id).sort()).toEqual(lost?.activeJobs.map(({ jobId }) => jobId).sort());
  });

  it("poison-payload: workers die of it, broken payloads are there to be found and cancelled", async () => {
    const { clock, engine } = open("poison-payload");
    const lost = (await engine.snapshot()).workers?.filter(
      ({ heartbeatAt }) => (heartbeatAt ?? 0) < NOW - MINUTE,
    );
    expect(lost?.length).toBeGreaterThan(1);
    const failed = await all(engine, "billing", "failed");
    expect(failed.some(({ flags }) => flags.includes("not_json"))).toBe(true);
    expect(failed.some(({ flags }) => flags.includes("huge"))).toBe(true);
    const poison = async (): Promise<JobRow | undefined> =>
      (await all(engine, "billing", "active")).find(({ id }) => id.startsWith("legacy/"));
    for (let look = 0; look < 60 && !(await poison()); look += 1) await clock.advance(1000);
    const id = (await poison())?.id ?? "none";
    expect((await engine.job("billing", id))?.payload).toContain("tenant-88");
    expect(await engine.cancelJob("billing", id)).toMatchObject({ state: "failed", stopped: true });
    await engine.removeJob("billing", id);
  });

  it("wrong-drain: the webhooks vanish while one watches, and can be brought back", async () => {
    const { clock, engine } = open("wrong-drain");
    const before = (await engine.queue("webhooks")).counts.waiting;
    expect(before).toBeGreaterThan(1000);
    await clock.advance(20_000);
    expect((await engine.queue("webhooks")).counts.waiting).toBeLessThan(100);
    expect((await engine.queue("search-index")).counts.waiting).toBeGreaterThan(2400);
    engine.fix();
    expect((await engine.queue("webhooks")).flows.enqueued).toBeGreaterThan(before);
  });

  it("every one: a name, a sentence, and the queues it is about", () => {
    expect(scenarioNames).toEqual([
      "healthy",
      "backlog",
      "slow-dependency",
      "failure-spike",
      "bad-deploy",
      "stalled-worker",
      "poison-payload",
      "wrong-drain",
    ]);
    for (const { description, queues } of SCENARIOS) {
      expect(description).toMatch(/^[A-Z].*\.$/);
      expect(queues.length).toBeGreaterThan(0);
    }
  });

  it("speed: ten times as much arrives, and no time lies ahead", async () => {
    const rate = async (speed: number): Promise<number> => {
      const { clock, engine } = open("healthy");
      engine.setSpeed(speed);
      const count = async (): Promise<number> =>
        (await engine.snapshot()).queues.reduce((sum, { flows }) => sum + (flows.enqueued ?? 0), 0);
      const before = await count();
      await clock.advance(2 * MINUTE);
      for (const { startedAt } of await all(engine, "billing", "active"))
        expect(startedAt).toBeLessThanOrEqual(clock.now());
      return (await count()) - before;
    };
    expect((await rate(10)) / (await rate(1))).toBeGreaterThan(6);
  });

  it("loading another one replaces everything, and a reader can tell", async () => {
    const { clock, engine } = open("bad-deploy");
    const before = await engine.queue("billing");
    await clock.advance(MINUTE);
    engine.loadScenario("healthy");
    expect(engine.scenario).toBe("healthy");
    const after = await engine.queue("billing");
    expect(after.flows.since).not.toBe(before.flows.since);
    expect(after.counts.failed).toBeLessThan(100);
  });
});
