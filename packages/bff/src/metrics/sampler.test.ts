import { history, overview, queueDetail, queueList, workerList } from "@spillway/contract/schemas";
import { EngineError } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { createStage, START, TICK } from "./stage.fixture.ts";

const DOWN = new EngineError("unavailable", "Redis refused.", { cause: "down" });

describe("a tick", () => {
  test("answers every picture as the contract says", async () => {
    await using stage = createStage({ scenario: "healthy" });
    await stage.run(60_000);
    const { sampler } = stage;
    expect(overview.parse(sampler.overview()).total_queues).toBeGreaterThan(2);
    const list = queueList.parse(sampler.queues({ sort: "trouble" }));
    expect(list.items.length).toBe(sampler.overview().total_queues);
    expect(queueDetail.parse(sampler.queue("billing")).history).toHaveLength(13);
    expect(workerList.parse(sampler.workers({})).items.length).toBeGreaterThan(0);
    expect(history.parse(sampler.history({ limit: 120 })).gaps).toBe(0);
    expect(sampler.queue("nothing")).toBeNull();
    expect(() => sampler.history({ queue: "nothing", limit: 1 })).toThrow("nothing");
    expect(sampler.overview().latest_failures.length).toBeGreaterThan(0);
  });

  test("is written out once for all who ask for the list, and anew when anything changed", async () => {
    await using stage = createStage({ scenario: "failure-spike" });
    await stage.run(120_000);
    const { sampler } = stage;
    const query = { sort: "trouble" };
    const text = sampler.queuesText(query);
    expect(JSON.parse(text)).toEqual(sampler.queues(query));
    expect(JSON.parse(sampler.queuesText({ ...query, q: "no such" })).items).toEqual([]);
    const [finding] = sampler.overview().trouble;
    sampler.ackTrouble(finding?.id ?? "", { by: "ana", at: finding?.since ?? "", note: null, until: null });
    expect(sampler.queuesText(query)).toContain('"by":"ana"');
    await stage.run(TICK);
    expect(JSON.parse(sampler.queuesText(query)).as_of).toBe(sampler.overview().as_of);
    expect(JSON.parse(text).as_of).not.toBe(sampler.overview().as_of);
  });

  test("shows no number before the engine answered", async () => {
    await using stage = createStage();
    stage.fault.next = DOWN;
    await stage.run(0);
    expect(() => stage.sampler.overview()).toThrow("Redis refused.");
    // Whether there is such a queue can't be known.
    expect(() => stage.sampler.history({ queue: "billing", limit: 10 })).toThrow("Redis refused.");
    expect(stage.sampler.engineStatus()).toMatchObject({ status: "down", cause: "down", last_ok_at: null });
  });

  test("that fails is a gap, never zeros, and heals alone", async () => {
    await using stage = createStage({ scenario: "healthy" });
    const { sampler, fault } = stage;
    await stage.run(10 * TICK);
    const before = sampler.queues({ sort: "name" });
    const lastGood = sampler.overview().as_of;
    fault.next = DOWN;
    await stage.run(3 * TICK);
    const stale = sampler.overview();
    expect(stale).toMatchObject({ stale: true, as_of: lastGood, engine: { status: "down", cause: "down" } });
    expect(sampler.queues({ sort: "name" }).items.map(({ counts }) => counts)).toEqual(
      before.items.map(({ counts }) => counts),
    );
    expect(Object.keys(sampler.queue("billing")?.denied ?? {})).toEqual([
      "queue.drain",
      "queue.clean",
      "job.remove",
      "schedule.remove",
    ]);
    expect(sampler.history({ limit: 10 }).verdict).toMatchObject({
      state: "too_early",
      reason: expect.stringMatching(/^The engine does not answer\. When it last did: \S/),
    });
    fault.next = null;
    await stage.run(2 * TICK);
    expect(sampler.overview().stale).toBeUndefined();
    const { history: samples, gaps } = sampler.history({ limit: 1000, queue: "billing" });
    expect(gaps).toBe(3);
    expect(samples.map(({ gap }) => gap).lastIndexOf(true)).toBe(13);
    for (const { gap, timestamp: _, ...values } of samples)
      if (gap) expect(Object.values(values).every((value) => value === null)).toBe(true);
      else expect(values.completed).toBeGreaterThan(0);
    // What happened in the outage is known, but not when: no rate is made of it.
    expect(samples[14]).toMatchObject({ gap: false, throughput: null });
    expect(samples[15]?.throughput).not.toBeNull();
    const statuses = stage.published.filter(({ event }) => event === "engine");
    expect(statuses.map(({ data }) => Reflect.get(Object(data), "status"))).toEqual(["ok", "down", "ok"]);
  });

  test("is never under way twice; the slots it overran are gaps", async () => {
    await using stage = createStage({ scenario: "healthy" });
    await stage.run(2 * TICK);
    stage.fault.delayMs = 3.2 * TICK;
    await stage.run(20 * TICK);
    void stage.sampler.tick();
    expect(stage.fault.mostInFlight).toBe(1);
    stage.fault.delayMs = 0;
    await stage.run(6 * TICK);
    const { history: samples } = stage.sampler.history({ limit: 1000 });
    const slots = samples.map(({ timestamp }) => (Date.parse(timestamp) - START) / TICK);
    expect(slots.map(Math.floor)).toEqual(slots.map((_, i) => i));
    expect(samples.filter(({ gap }) => gap).length).toBeGreaterThanOrEqual(12);
    expect(stage.fault.snapshots).toBeLessThan(samples.length);
  });

  test("asked for between two others refreshes the picture and leaves history even", async () => {
    await using stage = createStage();
    stage.engine.add("a", "t", {});
    await stage.run(TICK);
    stage.engine.add("a", "t", {});
    await stage.clock.advance(1_000);
    await stage.sampler.tick();
    expect(stage.sampler.overview().jobs.waiting).toBe(2);
    expect(stage.sampler.history({ limit: 10 }).history).toHaveLength(2);
  });
});

describe("another world", () => {
  test("takes history and findings along", async () => {
    await using stage = createStage({ scenario: "backlog" });
    await stage.run(20 * TICK);
    stage.engine.loadScenario("healthy");
    stage.sampler.reset();
    expect(() => stage.sampler.overview()).toThrow(EngineError);
    await stage.sampler.tick();
    expect(stage.sampler.history({ limit: 1000 }).history).toHaveLength(1);
    expect(stage.published.some(({ event }) => event === "resync")).toBe(true);
    expect(stage.observed).toEqual([]);
  });
});

describe("what is published", () => {
  test("is only what changed", async () => {
    await using stage = createStage();
    stage.engine.add("busy", "t", {});
    stage.engine.add("idle", "t", {}, { delayMs: 9_000_000 });
    // By then the sparkline is full.
    await stage.run(70 * TICK);
    stage.published.length = 0;
    stage.engine.add("busy", "t", {});
    await stage.run(TICK);
    const changes = stage.published.filter(({ event }) => event === "queues").map(({ data }) => data);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ changed: [{ name: "busy" }], removed: [] });
    const topics = stage.published.filter(({ event }) => event === "metrics").map(({ topic }) => topic);
    expect(topics).toEqual(["metrics", "queue:busy", "queue:idle"]);
  });
});
