import { describe, expect, test } from "vitest";
import { eachFlow, withoutJump } from "./flows.ts";
import { createStage, TICK } from "./stage.fixture.ts";

describe("a backlog", () => {
  test("that was put back at once is no traffic, and falls when it falls", async () => {
    await using stage = createStage({ scenario: "wrong-drain" });
    await stage.run(60_000);
    stage.engine.fix();
    const told: (string | null)[] = [];
    for (let tick = 0; tick < 24; tick++) {
      await stage.run(TICK);
      const { direction, cause_text } = stage.sampler.queue("webhooks")?.backlog ?? {};
      told.push(direction ?? null);
      expect(cause_text ?? "").not.toContain("arrive, usually");
    }
    expect(told).not.toContain("growing");
    expect(told.at(-1)).toBe("draining");
    expect(stage.sampler.overview().backlog.direction).toBe("draining");
  });

  test("is judged anew once its queue is paused or resumed", async () => {
    await using stage = createStage({ scenario: "healthy" });
    await stage.run(60_000);
    await stage.engine.pauseQueue("emails");
    await stage.run(180_000);
    const paused = stage.sampler.queue("emails")?.backlog;
    expect(paused).toMatchObject({ direction: "growing" });
    await stage.engine.resumeQueue("emails");
    const told: (string | undefined)[] = [];
    for (let tick = 0; tick < 12; tick++) {
      await stage.run(TICK);
      told.push(stage.sampler.queue("emails")?.backlog.direction);
      expect(stage.sampler.queue("emails")?.trouble.map(({ code }) => code)).not.toContain("backlog_growing");
    }
    expect(told.slice(0, 3)).toEqual(["unknown", "unknown", "unknown"]);
    expect(told).not.toContain("growing");
  });
});

test("jobs that came at once are first those that people retried, then those that came in", () => {
  const flows = { ...eachFlow(() => 0), enqueued: 500, operatorRetried: 300, autoRetried: 20 };
  expect(withoutJump(flows, 700)).toEqual({ ...flows, enqueued: 100, operatorRetried: 0 });
  expect(withoutJump(flows, 900)).toMatchObject({ enqueued: 0, operatorRetried: 0 });
  expect(withoutJump(flows, -700)).toEqual(flows);
  expect(withoutJump({ ...flows, operatorRetried: null }, 200)).toMatchObject({
    enqueued: 300,
    operatorRetried: null,
  });
});
