import type { EngineSnapshot } from "@spillway/engine";
import { expect, test } from "vitest";
import { createStage, START, TICK } from "./stage.fixture.ts";

test("a past that the engine kept tells what is usual, and makes no record of today", async () => {
  const past: EngineSnapshot[] = [];
  await using stage = createStage({ past });
  const { clock, engine, sampler } = stage;
  let slow = false;
  engine.addWorker({ queues: ["mail"], concurrency: 4, simulate: () => ({ ms: slow ? 40_000 : 300 }) });
  const live = async (ticks: number) => {
    for (let tick = 0; tick < ticks; tick++) {
      for (let i = 0; i < 10; i++) engine.add("mail", "mail.send", {});
      await clock.advance(TICK);
      past.push(await engine.snapshot());
    }
  };
  await live(240);
  slow = true;
  await engine.pauseQueue("mail");
  await live(2);
  await engine.resumeQueue("mail");
  await live(60);
  sampler.reset();
  await stage.run(0);
  const mail = sampler.queue("mail");
  expect(mail?.backlog).toMatchObject({ direction: "growing", cause: "jobs_slower" });
  expect(mail?.backlog.cause_text).toContain("usually 3");
  expect(mail?.trouble.map(({ code }) => code)).toContain("slow_jobs");
  expect(Date.parse(sampler.history({ limit: 1000 }).history[0]?.timestamp ?? "")).toBe(START + TICK);
  expect(stage.observed).toEqual([]);
});

test("a pause of that past which still lasts is on record, at the time it is known to have begun", async () => {
  const past: EngineSnapshot[] = [];
  await using stage = createStage({ past });
  const { clock, engine } = stage;
  engine.defineQueue("mail");
  for (let tick = 0; tick < 5; tick++) {
    if (tick === 3) await engine.pauseQueue("mail");
    await clock.advance(TICK);
    past.push(await engine.snapshot());
  }
  stage.sampler.reset();
  await stage.run(TICK);
  const since = START + 4 * TICK;
  expect(stage.observed).toMatchObject([
    {
      action: "queue.pause",
      text: "mail was paused from outside, before this console began; by whom is not known.",
      between: { from: since, to: since },
    },
  ]);
  expect(stage.markers.list({})).toMatchObject([{ at: new Date(since).toISOString() }]);
});
