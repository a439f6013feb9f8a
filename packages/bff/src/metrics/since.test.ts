import { history, overview, queueDetail, queueList, type Sample } from "@spillway/contract/schemas";
import { expect, test } from "vitest";
import { START, startApp } from "../app.fixture.ts";
import { createStage } from "./stage.fixture.ts";

const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

async function world() {
  const app = await startApp({
    scenario: "healthy",
    config: { sampleIntervalMs: 5_000, historySamples: 720 },
  });
  await app.clock.advance(10 * MINUTE);
  return app;
}

const mean = (samples: readonly Sample[], flow: "throughput" | "failed_attempts") => {
  const known = samples.flatMap((sample) => sample[flow] ?? []);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

test("since a moment every picture tells what was before it", async () => {
  const { json } = await world();
  const since = START + 6 * MINUTE;
  const window = `from=${iso(since - 30 * MINUTE)}&to=${iso(since)}&limit=1000`;
  const all = overview.parse(await json(`/api/overview?since=${iso(since)}`));
  const past = history.parse(await json(`/api/metrics/history?${window}`)).history;
  expect(all.before).toMatchObject({
    since: iso(since),
    seen_from: past[0]?.timestamp,
    waiting: past.at(-1)?.waiting,
    workers: 12,
  });
  expect(all.before?.completed_per_min).toBeCloseTo(mean(past, "throughput"), 1);
  expect(all.movement.failed_attempts_per_min.before).toBe(all.before?.failed_attempts_per_min);
  expect(all.workers_lost).toBe(0);

  const { items } = queueList.parse(await json(`/api/queues?since=${iso(since)}`));
  const billing = queueDetail.parse(await json(`/api/queues/billing?since=${iso(since)}`));
  const own = history.parse(await json(`/api/metrics/history?queue=billing&${window}`)).history;
  expect(billing.before?.failed_attempts_per_min).toBeCloseTo(mean(own, "failed_attempts"), 1);
  expect(items.find(({ name }) => name === "billing")?.before).toEqual(billing.before);
  expect(billing.verdict.since).toBe(iso(since));
});

test("the total that fails now is the sum of what the queues show, and each tells it the same everywhere", async () => {
  const { json, clock } = await startApp({
    scenario: "bad-deploy",
    config: { sampleIntervalMs: 5_000, historySamples: 720 },
  });
  await clock.advance(3 * MINUTE);
  const all = overview.parse(await json("/api/overview"));
  const { items } = queueList.parse(await json("/api/queues"));
  const sum = items.reduce((failing, { rates }) => failing + (rates.failed_attempts_per_min ?? 0), 0);
  const { now } = all.movement.failed_attempts_per_min;
  expect(now).toBeGreaterThan(100);
  expect(now).toBeCloseTo(sum, 0);
  expect(now).toBe(all.rates.failed_attempts_per_min);
  const whole = history.parse(await json("/api/metrics/history?limit=1"));
  expect(whole.movement).toEqual(all.movement);
  const billing = queueDetail.parse(await json("/api/queues/billing"));
  const own = history.parse(await json("/api/metrics/history?queue=billing&limit=1"));
  expect(own.movement.failed_attempts_per_min.now).toBe(billing.rates.failed_attempts_per_min);
  const told = Math.round(billing.rates.failed_attempts_per_min ?? 0);
  expect(billing.verdict.reason).toContain(`${told} failed attempts a minute`);
});

test("what is not asked for is not told, and what was not seen is unknown", async () => {
  const { json, engine, clock } = await world();
  expect(overview.parse(await json("/api/overview")).before).toBeUndefined();
  const long = START - 60 * MINUTE;
  const { before } = overview.parse(await json(`/api/overview?since=${iso(long)}`));
  expect(before).toMatchObject({ seen_from: null, waiting: null, completed_per_min: null });

  const since = clock.now();
  await clock.advance(10_000);
  engine.defineQueue("younger");
  await clock.advance(10_000);
  const younger = queueDetail.parse(await json(`/api/queues/younger?since=${iso(since)}`));
  expect(younger.before).toMatchObject({ seen_from: null, waiting: null, failed_per_min: null });
});

test("a console that has looked for more than a day tells what was at this time yesterday", async () => {
  await using stage = createStage({
    config: {
      sampleIntervalMs: 60_000,
      historySamples: 60,
      coarserHistory: [{ stepMs: 300_000, samples: 576 }],
    },
  });
  const { engine, sampler } = stage;
  engine.addWorker({ queues: ["mail"], concurrency: 4, simulate: () => ({ ms: 300 }) });
  const live = async (hours: number, perMinute: number) => {
    for (let minute = 0; minute < hours * 60; minute++) {
      for (let i = 0; i < perMinute; i++) engine.add("mail", "mail.send", {});
      await stage.run(60_000);
    }
  };
  await live(2, 6);
  expect(sampler.overview({}).yesterday).toBeNull();
  await live(23, 1);
  const { yesterday, rates, as_of } = sampler.overview({});
  expect(rates.completed_per_min).toBe(1);
  expect(yesterday).toMatchObject({
    waiting: 0,
    workers: 1,
    completed_per_min: 6,
    failed_attempts_per_min: 0,
  });
  expect(Date.parse(as_of) - Date.parse(yesterday?.since ?? "")).toBe(24 * 3_600_000);
});
