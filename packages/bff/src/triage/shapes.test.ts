import { breakdown, shapes } from "@spillway/contract/schemas";
import { createEmbeddedEngine, createManualClock } from "@spillway/engine-embedded";
import { describe, expect, test } from "vitest";
import { createJobViews } from "../jobs/views.ts";
import { createWorkerBook } from "../jobs/worker-book.ts";
import { createRedactor, NO_RULES } from "../redaction/index.ts";
import { type BreakdownQuery, getBreakdown } from "./breakdown.ts";
import { createShapesReader } from "./shapes.ts";

const EARLY = { state: "too_early", since: null, samples: 0, reason: "" } as const;
const NONE = { now: null, before: null };
const UNMOVED = {
  failed_attempts_per_min: NONE,
  failed_per_min: NONE,
  retried_per_min: NONE,
  before_from: null,
};
const START = Date.UTC(2026, 10, 23, 14, 0, 0);

/** An engine whose jobs fail at once with what their payload says, and what reads it. */
function stage() {
  const clock = createManualClock(START);
  const engine = createEmbeddedEngine({ clock });
  engine.addWorker({
    queues: ["billing"],
    concurrency: 50,
    simulate: (job) => ({
      ms: 10,
      error: { name: "TimeoutError", message: String(JSON.parse(job.payload).message), stack: null },
    }),
  });
  let reads = 0;
  const counting = new Proxy(engine, {
    get(target, key) {
      if (key !== "scan") return Reflect.get(target, key);
      return async function* (...args: Parameters<typeof engine.scan>) {
        const [, { states, fields }] = args;
        const isGrouping = states.includes("failed") && fields.join() === "task,error,finished";
        for await (const batch of target.scan(...args)) {
          if (isGrouping) reads += batch.rows.length;
          yield batch;
        }
      };
    },
  });
  const hunter = { replaceIn: (text: string, by: string) => text.replaceAll("hunter2", by) };
  const redactor = createRedactor({ ...NO_RULES, patterns: [hunter] });
  const unmeasured = { step_s: 1, retention_s: 0, gaps: 0, verdict: EARLY, movement: UNMOVED, markers: [] };
  const history = () => ({ history: [], ...unmeasured });
  const reader = createShapesReader({ engine: counting, clock, conceal: redactor.value, history });
  const fail = async (count: number, message = "connect to 10.0.3.7:443 timed out") => {
    for (let i = 0; i < count; i++)
      engine.add("billing", "invoice.charge", { message, tenant: `tenant-${i % 3}` }, { attempts: 1 });
    await clock.advance(60_000);
  };
  const takeReads = (): number => {
    const were = reads;
    reads = 0;
    return were;
  };
  return { clock, engine, reader, redactor, fail, takeReads };
}

describe("shapes", () => {
  test("groups, then reads only what is new", async () => {
    const { reader, fail, takeReads } = stage();
    await fail(1190);
    await fail(10);
    const first = shapes.parse(await reader.read("billing", {}));
    expect(first).toMatchObject({ total_failed: 1200, scanned: 1200, complete: true });
    expect(first.items[0]).toMatchObject({ count: 1200, share: 1, error_name: "TimeoutError" });
    expect(first.histogram.reduce((sum, bar) => sum + bar.count, 0)).toBe(1200);
    expect(takeReads()).toBe(1200);
    await fail(7, "card hunter2 refused");
    const second = await reader.read("billing", {});
    expect(second.items.map((shape) => shape.count)).toEqual([1200, 7]);
    expect(second.items[1]?.title).not.toContain("hunter2");
    // The 7, and the 10 that failed in the seconds before the last one seen; none of the 1,190 before them.
    expect(takeReads()).toBe(17);
    await reader.read("billing", {});
    expect(takeReads()).toBe(7);
  });

  test("of a window reads what lies in it, then what is new in it", async () => {
    const { clock, engine, reader, fail, takeReads } = stage();
    await fail(300);
    const from = new Date(clock.now()).toISOString();
    await fail(20);
    const first = await reader.read("billing", { from });
    expect(first.items.map(({ count }) => count)).toEqual([20]);
    expect(takeReads()).toBe(20);
    await fail(5);
    const second = await reader.read("billing", { from });
    expect(second).toMatchObject({ total_failed: 325, complete: true, left: 0 });
    expect(second.items.map(({ count }) => count)).toEqual([25]);
    expect(takeReads()).toBe(25);
    const [newest] = (await engine.listJobs("billing", "failed", { offset: 0, limit: 1 })).rows;
    await engine.removeJob("billing", newest?.id ?? "");
    expect((await reader.read("billing", { from })).items.map(({ count }) => count)).toEqual([24]);
  });

  test("forgets those that were retried", async () => {
    const { clock, engine, reader, fail } = stage();
    await fail(30);
    await reader.read("billing", {});
    const { rows } = await engine.listJobs("billing", "failed", { offset: 0, limit: 10 });
    for (const row of rows) await engine.removeJob("billing", row.id);
    const after = await reader.read("billing", {});
    expect(after).toMatchObject({ total_failed: 20, scanned: 20, complete: true });
    expect(after.items[0]?.count).toBe(20);
    for (const row of (await engine.listJobs("billing", "failed", { offset: 0, limit: 5 })).rows)
      await engine.retryJob("billing", row.id);
    await clock.advance(60_000);
    expect((await reader.read("billing", {})).items[0]?.count).toBe(20);
  });

  test("of many jobs goes on where it stopped, and shows what was counted until it is counted anew", async () => {
    const { clock, engine, reader, fail } = stage();
    await fail(30_000);
    const first = await reader.read("billing", {});
    expect(first).toMatchObject({ complete: false, total_to_scan: 30_000 });
    expect(first.scanned).toBeGreaterThanOrEqual(20_000);
    expect(await reader.read("billing", {})).toMatchObject({ complete: true, scanned: 30_000, left: 0 });
    const { rows } = await engine.listJobs("billing", "failed", { offset: 0, limit: 5 });
    for (const { id } of rows) await engine.removeJob("billing", id);
    const since = await reader.read("billing", {});
    expect(since).toMatchObject({ complete: true, total_failed: 29_995, scanned: 30_000, left: 5 });
    await clock.advance(30_000);
    const anew = await reader.read("billing", {});
    expect(anew).toMatchObject({ complete: true, total_failed: 29_995, scanned: 29_995, left: 0 });
    expect(anew.items[0]?.count).toBe(29_995);
  }, 60_000);

  test("narrows to a task and a time", async () => {
    const { engine, clock, reader, fail } = stage();
    await fail(5);
    const from = new Date(clock.now()).toISOString();
    engine.add("billing", "refund", { message: "no" }, { attempts: 1 });
    await clock.advance(60_000);
    expect((await reader.read("billing", { task: "REF" })).items.map(({ count }) => count)).toEqual([1]);
    expect((await reader.read("billing", { from })).items.map(({ count }) => count)).toEqual([1]);
  });

  test("counts what will run again", async () => {
    const { engine, clock, reader, fail } = stage();
    await fail(1);
    engine.add(
      "billing",
      "x",
      { message: "no" },
      { attempts: 3, backoff: { type: "fixed", delayMs: 600_000 } },
    );
    await clock.advance(1_000);
    const { still_retrying } = await reader.read("billing", {});
    expect(still_retrying).toMatchObject({ count: 1, at_least: false });
    expect(still_retrying.by_shape).toMatchObject([{ title: "TimeoutError: no", count: 1 }]);
    expect(Date.parse(still_retrying.next_at ?? "")).toBeGreaterThan(clock.now());
  });

  test("of many that wait counts those that run next, and says that it may be more", async () => {
    const { engine, clock, reader } = stage();
    const again = { attempts: 3, backoff: { type: "fixed", delayMs: 600_000 } } as const;
    for (let i = 0; i < 30; i++) engine.add("billing", "x", { message: "no" }, again);
    await clock.advance(1_000);
    for (let i = 0; i < 1_500; i++) engine.add("billing", "later", {}, { delayMs: 3_600_000 });
    const { still_retrying } = await reader.read("billing", {});
    expect(still_retrying).toMatchObject({ count: 30, at_least: true });
    expect(Date.parse(still_retrying.next_at ?? "")).toBeGreaterThan(clock.now());
  });

  test("an unknown queue is the engine's to name", async () => {
    await expect(stage().reader.read("nothing", {})).rejects.toMatchObject({ code: "queue_not_found" });
  });
});

describe("a breakdown", () => {
  test("by what is in the payload", async () => {
    const { clock, engine, redactor, fail } = stage();
    await fail(90);
    const views = createJobViews(clock, redactor);
    const deps = { engine, clock, redactor, views, workers: () => createWorkerBook([], 0) };
    const parsed = breakdown.parse(
      await getBreakdown(deps, "billing", { state: "failed", by: "payload:tenant" }),
    );
    expect(parsed.groups.map(({ key, count }) => [key, count])).toEqual([
      ["tenant-0", 30],
      ["tenant-1", 30],
      ["tenant-2", 30],
    ]);
    expect(parsed).toMatchObject({ scanned: 90, total_to_scan: 90, complete: true });
    const odd = await getBreakdown(deps, "billing", { state: "failed", by: "payload:__proto__.x" });
    expect(odd.groups).toMatchObject([{ key: "(missing)", count: 90, share: 1 }]);
  });

  test("tells of waiting jobs since when the oldest waits, not since when it exists", async () => {
    const { clock, engine, redactor, fail } = stage();
    await fail(3);
    await engine.pauseQueue("billing");
    await clock.advance(240_000);
    const { rows } = await engine.listJobs("billing", "failed", { offset: 0, limit: 1 });
    for (const { id } of rows) await engine.retryJob("billing", id);
    const retriedAt = clock.now();
    await clock.advance(120_000);
    const views = createJobViews(clock, redactor);
    const deps = { engine, clock, redactor, views, workers: () => createWorkerBook([], 0) };
    const waiting = await getBreakdown(deps, "billing", { state: "waiting", by: "task" });
    expect(waiting.groups).toMatchObject([{ count: 1 }]);
    expect(waiting.oldest_at).toBe(new Date(retriedAt).toISOString());
  });

  test("tells what the jobs of a group have in common, and by which fields to ask", async () => {
    const { clock, engine, redactor, fail } = stage();
    await fail(30);
    await fail(9, "card hunter2 refused");
    engine.add(
      "billing",
      "refund",
      { message: "no", tenant: "tenant-0", password: "hunter2" },
      { attempts: 1 },
    );
    await clock.advance(60_000);
    const deps = {
      engine,
      clock,
      redactor,
      views: createJobViews(clock, redactor),
      workers: () => createWorkerBook([], 0),
    };
    const ask = async (query: Partial<BreakdownQuery>) =>
      breakdown.parse(await getBreakdown(deps, "billing", { state: "failed", by: "task", ...query }));
    const { groups, paths, opened } = await ask({ by: "error_shape", open: "nothing like it" });
    expect(groups.map(({ count }) => count)).toEqual([30, 9, 1]);
    expect({ paths, opened }).toEqual({ paths: ["message", "tenant"], opened: null });
    const shape = groups[0]?.shape_id ?? "";
    expect((await ask({ by: "error_shape", open: shape })).opened).toMatchObject({
      compared: 10,
      samples: [{ task: "invoice.charge" }, {}, {}],
      common: [
        { by: "task", value: "invoice.charge" },
        { by: "worker" },
        { by: "payload:message", value: "connect to 10.0.3.7:443 timed out" },
      ],
    });
    const within = await ask({ by: "payload:tenant", error_shape: shape, open: "tenant-1" });
    expect(within).toMatchObject({ scanned: 40, groups_total: 3 });
    expect(within.groups.map(({ count }) => count)).toEqual([10, 10, 10]);
    expect(within.opened?.common).toContainEqual({ by: "payload:tenant", value: "tenant-1" });
  });
});
