import { history, overview, queueDetail, queueList, workerList } from "@spillway/contract/schemas";
import { EngineError } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { createStage } from "./stage.fixture.ts";

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
    expect(sampler.overview().latest_failures.length).toBeGreaterThan(0);
  });

  test("shows no number before the engine answered", async () => {
    await using stage = createStage();
    stage.fault.next = new EngineError("unavailable", "Redis refused.", { cause: "down" });
    await stage.run(0);
    expect(() => stage.sampler.overview()).toThrow("Redis refused.");
    expect(stage.sampler.engineStatus()).toMatchObject({ status: "down", cause: "down", last_ok_at: null });
  });
});
