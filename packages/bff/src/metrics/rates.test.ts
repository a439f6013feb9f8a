import { describe, expect, test } from "vitest";
import { percentile } from "./flows.ts";
import { createStage, TICK } from "./stage.fixture.ts";

describe("rates", () => {
  test("are what was counted", async () => {
    await using stage = createStage();
    const { engine, clock, sampler } = stage;
    let runs = 0;
    engine.addWorker({
      queues: ["mail"],
      concurrency: 20,
      simulate: () => ({
        ms: 200,
        ...(runs++ % 5 === 0 && { error: { name: "E", message: "no", stack: null } }),
      }),
    });
    sampler.start();
    const truth = { enqueued: 0, attempts: 0 };
    for (let second = 0; second < 120; second++) {
      for (let i = 0; i < 3; i++) engine.add("mail", "t", {}, { attempts: 1 });
      if (second >= 60) truth.enqueued += 3;
      await clock.advance(1_000);
    }
    const { flows } = await engine.queue("mail");
    const { rates } = sampler.overview();
    expect(rates.enqueued_per_min).toBe(truth.enqueued);
    expect(rates.started_per_min).toBe(180);
    expect(rates.completed_per_min).toBe(144);
    expect(rates.failed_attempts_per_min).toBe(36);
    expect(rates.failed_per_min).toBe(36);
    expect(rates.retried_per_min).toBe(0);
    const { history } = sampler.history({ queue: "mail", limit: 1000 });
    const perTick = history.reduce((sum, sample) => sum + ((sample.throughput ?? 0) * TICK) / 60_000, 0);
    expect(Math.abs(perTick - (flows.completed ?? 0))).toBeLessThan(0.5);
    expect(history.at(-1)?.avg_duration_ms).toBe(200);
    expect(history.at(-1)?.p95_duration_ms).toBeGreaterThan(170);
    expect(history.at(-1)?.p95_duration_ms).toBeLessThan(216);
  });

  test("are unknown until there are two ticks", async () => {
    await using stage = createStage({ scenario: "healthy" });
    await stage.run(0);
    expect(Object.values(stage.sampler.overview().rates).every((rate) => rate === null)).toBe(true);
    await stage.run(TICK);
    expect(stage.sampler.overview().rates.completed_per_min).not.toBeNull();
  });

  test("do not reach back over counters that began anew", async () => {
    await using stage = createStage({ scenario: "healthy" });
    await stage.run(12 * TICK);
    stage.engine.loadScenario("healthy");
    await stage.run(TICK);
    expect(stage.sampler.overview().rates.completed_per_min).toBeNull();
    expect(stage.sampler.history({ limit: 1 }).history[0]?.throughput).toBeNull();
    await stage.run(TICK);
    expect(stage.sampler.overview().rates.completed_per_min).toBeGreaterThan(0);
  });
});

describe("a percentile", () => {
  test("lies in its bucket", () => {
    expect(percentile(new Map(), 0.95)).toBeNull();
    expect(percentile(new Map([[40, 100]]), 0.95)).toBeCloseTo(1015, -1);
    expect(
      percentile(
        new Map([
          [0, 94],
          [40, 6],
        ]),
        0.95,
      ),
    ).toBeGreaterThan(860);
    expect(
      percentile(
        new Map([
          [0, 96],
          [40, 4],
        ]),
        0.95,
      ),
    ).toBeLessThanOrEqual(1);
  });
});
