import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EngineError } from "@spillway/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";
import { createPolicy } from "../auth/index.ts";
import { processFigures } from "../node/process-figures.ts";
import { MOST_QUEUES } from "./exposition.ts";
import { FAMILIES } from "./families.ts";
import { parseExposition } from "./parse.fixture.ts";

const DEPLOY = join(import.meta.dirname, "../../../../deploy");
const PROMTOOL = process.env.PROMTOOL || "promtool";
const hasPromtool = spawnSync(PROMTOOL, ["--version"]).error === undefined;

type App = Awaited<ReturnType<typeof startApp>>;

async function scrape(app: App, roles?: string[]) {
  const reply = await app.send("/metrics/prometheus", {}, roles && { name: "prometheus", roles });
  expect(reply.headers.get("Content-Type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await reply.text();
  const told = parseExposition(text);
  const of = (name: string, labels: Record<string, string> = {}) =>
    told.lines
      .filter(
        (line) =>
          line.name === name && Object.entries(labels).every(([key, one]) => line.labels[key] === one),
      )
      .map(({ value }) => value);
  return { text, told, of };
}

let incident: App;
beforeAll(async () => {
  incident = await startApp({ scenario: "bad-deploy", deps: { processFigures } });
  await incident.clock.advance(60_000);
});
afterAll(() => incident.close());

describe("/metrics/prometheus", () => {
  test("tells what the screens tell, each family with its meaning and its type", async () => {
    const { told, of } = await scrape(incident);
    const { items } = await incident.json("/api/queues");
    for (const { name, counts, workers } of items) {
      for (const [state, count] of Object.entries(counts))
        expect(of("spillway_jobs", { queue: name, state })).toEqual([count]);
      expect(of("spillway_queue_workers", { queue: name })).toEqual([workers]);
    }
    expect(of("spillway_engine_up")).toEqual([1]);
    expect(of("spillway_queues")).toEqual([items.length]);
    expect(of("spillway_jobs_failed_attempts_total", { queue: "billing" })[0]).toBeGreaterThan(0);
    expect(of("spillway_trouble", { queue: "billing" }).length).toBeGreaterThan(0);
    expect(of("process_resident_memory_bytes")[0]).toBeGreaterThan(1e6);
    const { items: workers } = await incident.json("/api/workers");
    expect(of("spillway_workers").reduce((sum, count) => sum + count, 0)).toBe(workers.length);
    for (const { name } of told.lines) {
      const family = name in FAMILIES ? name : name.replace(/_(bucket|sum|count)$/, "");
      expect(told.types.get(family)).toBe(FAMILIES[family as keyof typeof FAMILIES].type);
      expect(told.helps.get(family)).toMatch(/\S/);
    }
  });

  test("run times are a histogram that only grows, and ends with all runs", async () => {
    const { told, of } = await scrape(incident);
    const buckets = told.lines.filter(
      ({ name, labels }) => name === "spillway_job_run_seconds_bucket" && labels.queue === "billing",
    );
    const values = buckets.map(({ value }) => value);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(buckets.map(({ labels }) => labels.le).at(-1)).toBe("+Inf");
    expect(values.at(-1)).toBe(of("spillway_job_run_seconds_count", { queue: "billing" })[0]);
    expect(values.at(-1)).toBeGreaterThan(0);
  });

  test("what is not known is left out: no zero stands for it", async () => {
    const unknown = { enqueued: null, operatorRetried: null, durations: null };
    const app = await startApp({
      wrapEngine: (engine) =>
        new Proxy(engine, {
          get: (target, key) =>
            key === "snapshot"
              ? async () => {
                  const { queues, ...snapshot } = await target.snapshot();
                  const blind = queues.map((queue) => ({
                    ...queue,
                    stalled: null,
                    flows: { ...queue.flows, ...unknown },
                  }));
                  return { ...snapshot, queues: blind, workers: null, workersUnknown: "Refused." };
                }
              : Reflect.get(target, key, target),
        }),
    });
    app.engine.defineQueue("letters");
    await app.clock.advance(3_000);
    const { told, of } = await scrape(app);
    expect(of("spillway_jobs", { queue: "letters" })).toHaveLength(6);
    const names = new Set(told.lines.map(({ name }) => name));
    for (const name of [
      "spillway_jobs_enqueued_total",
      "spillway_job_run_seconds_count",
      "spillway_queue_stalled_jobs",
      "spillway_queue_workers",
      "spillway_workers",
      "spillway_queue_oldest_waiting_age_seconds",
      "process_resident_memory_bytes",
    ])
      expect([name, names.has(name)]).toEqual([name, false]);
    expect(of("spillway_jobs_completed_total", { queue: "letters" })).toEqual([0]);
    await app.close();
  });

  test("while the engine is away it says so, and nothing of before as if it were now", async () => {
    let isAway = false;
    const app = await startApp({
      wrapEngine: (engine) =>
        new Proxy(engine, {
          get: (target, key) =>
            key === "snapshot" && isAway
              ? () => Promise.reject(new EngineError("unavailable", "Gone.", { cause: "down" }))
              : Reflect.get(target, key, target),
        }),
    });
    app.engine.defineQueue("letters");
    await app.clock.advance(3_000);
    const before = await scrape(app);
    isAway = true;
    await app.clock.advance(3_000);
    const { told, of } = await scrape(app);
    expect(of("spillway_engine_up")).toEqual([0]);
    const last = before.of("spillway_sample_timestamp_seconds")[0];
    expect(of("spillway_sample_timestamp_seconds")).toEqual([last]);
    expect(told.lines.filter(({ labels }) => "queue" in labels)).toEqual([]);
    await app.close();
  });

  test("any name of a queue is one label, and too many queues are counted", async () => {
    const app = await startApp();
    const odd = 'a"b\\c\nd{e}="f",\u2028ü';
    app.engine.defineQueue(odd);
    for (let i = 0; i < MOST_QUEUES; i++) app.engine.defineQueue(`queue-${String(i).padStart(4, "0")}`);
    await app.clock.advance(2_000);
    const { told, of } = await scrape(app);
    expect(of("spillway_queue_paused", { queue: odd })).toEqual([0]);
    expect([of("spillway_queues"), of("spillway_queues_left_out")]).toEqual([[MOST_QUEUES + 1], [1]]);
    expect(new Set(told.lines.flatMap(({ labels }) => labels.queue ?? [])).size).toBe(MOST_QUEUES);
    await app.close();
  });

  test("who may not read gets nothing, and who sees some queues gets those", async () => {
    const roles = { letters: { sees: ["letters"], allow: [], deny: [] } };
    const app = await startApp({ deps: { policy: createPolicy({ roles }) } });
    for (const queue of ["letters", "payroll"]) app.engine.defineQueue(queue);
    await app.clock.advance(2_000);
    expect((await app.send("/metrics/prometheus", {}, { name: "x", roles: [] })).status).toBe(403);
    const { text, of } = await scrape(app, ["letters"]);
    expect([text.includes("payroll"), of("spillway_queues")]).toEqual([false, [1]]);
    await app.close();
  });

  test.skipIf(!hasPromtool)("promtool has nothing to say against it", async () => {
    const { text } = await scrape(incident);
    const { status, stdout, stderr } = spawnSync(PROMTOOL, ["check", "metrics"], {
      input: text,
      encoding: "utf8",
    });
    expect([stdout, stderr, status]).toEqual(["", "", 0]);
  });
});

describe("deploy/", () => {
  const read = (file: string) => readFileSync(join(DEPLOY, file), "utf8");
  const namesIn = (text: string) =>
    new Set(text.match(/\b(?:spillway|process|nodejs)_[a-z_]+(?=[{[) \n]|$)/g));
  const known = (name: string) => name in FAMILIES || name.replace(/_(bucket|sum|count)$/, "") in FAMILIES;

  test("the dashboard and the alerts ask for metrics that there are", () => {
    const panels: { targets: { expr: string }[] }[] = JSON.parse(read("grafana/spillway.json")).panels;
    const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join("\n");
    for (const [text, least] of [
      [asked, 14],
      [read("prometheus/alerts.yml"), 11],
    ] as const) {
      const names = [...namesIn(text)];
      expect(names.filter((name) => !known(name))).toEqual([]);
      expect(names.length).toBeGreaterThanOrEqual(least);
    }
  });

  test.skipIf(!hasPromtool)("promtool takes the alerts", () => {
    const { status, stdout, stderr } = spawnSync(
      PROMTOOL,
      ["check", "rules", join(DEPLOY, "prometheus/alerts.yml")],
      {
        encoding: "utf8",
      },
    );
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toContain("SUCCESS: 11 rules found");
  });
});
