import { type JobState, MOST_TARGETS } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { createManualClock } from "./clock.ts";
import { createEmbeddedEngine, type EmbeddedEngine } from "./engine.ts";

const JOBS = 200_000;
const HOLD = { id: "hold", until: 0 };

/** The ids of all jobs in these states, in the order of a scan from the oldest. */
async function idsOf(engine: EmbeddedEngine, states: JobState[]): Promise<string[]> {
  const ids: string[] = [];
  for await (const { rows } of engine.scan("letters", { states, fields: [], order: "oldest" }))
    for (const { id } of rows) ids.push(id);
  return ids;
}

describe("two hundred thousand jobs", () => {
  it("are paged, scanned, held and purged without losing one", async () => {
    const engine = createEmbeddedEngine({ clock: createManualClock(0) });
    for (let each = 0; each < JOBS; each += 1)
      engine.add("letters", "send", `{"tenant":"tenant-${each % 120}"}`, { priority: each % 3 });
    const { total, rows } = await engine.listJobs("letters", "waiting", { offset: JOBS - 50, limit: 50 });
    expect({ total, rows: rows.length, last: rows.at(-1)?.id }).toEqual({ total: JOBS, rows: 50, last: "1" });
    const ids = new Set<string>();
    for await (const batch of engine.scan("letters", { states: ["waiting"], fields: ["payload"] }))
      for (const { id } of batch.rows) ids.add(id);
    expect(ids.size).toBe(JOBS);
    expect(await engine.holdWaiting("letters", HOLD, { includeDelayed: false })).toBe(JOBS);
    expect((await engine.queue("letters")).counts.waiting).toBe(0);
    expect(await engine.purgeHeld("letters", "hold", JOBS - 1)).toEqual({ moved: JOBS - 1, left: 1 });
    expect(await engine.releaseHeld("letters", "hold", 1)).toEqual({ moved: 1, left: 0 });
    expect((await engine.queue("letters")).counts.waiting).toBe(1);
  }, 60_000);

  it("take about a kilobyte each", async () => {
    const engine = createEmbeddedEngine({ clock: createManualClock(0) });
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let each = 0; each < JOBS; each += 1) engine.add("letters", "send", `{"tenant":"tenant-${each}"}`);
    const perJob = (process.memoryUsage().heapUsed - before) / JOBS;
    expect((await engine.queue("letters")).counts.waiting).toBe(JOBS);
    expect(perJob).toBeLessThan(2500);
  }, 60_000);
});

describe("a hundred thousand failed jobs", () => {
  it("are retried once each, though they fail again meanwhile", async () => {
    const count = 100_000;
    const clock = createManualClock(0);
    const engine = createEmbeddedEngine({ clock });
    const error = { name: "Error", message: "boom", stack: null };
    engine.addWorker({ queues: ["letters"], concurrency: 1000, simulate: () => ({ ms: 1, error }) });
    for (let each = 0; each < count; each += 1) engine.add("letters", "send", {});
    await clock.advance(200);
    const rows: { id: string; version: string | null }[] = [];
    for await (const batch of engine.scan("letters", { states: ["failed"], fields: ["version"] }))
      rows.push(...batch.rows);
    expect(rows).toHaveLength(count);
    let done = 0;
    for (let start = 0; start < count; start += MOST_TARGETS) {
      const targets = rows
        .slice(start, start + MOST_TARGETS)
        .map(({ id, version }) => ({ id, ...(version !== null && { expectVersion: version }) }));
      for (const receipt of [`${start}`, `${start}-again`, `${start}`]) {
        const results = await engine.actOnJobs("letters", "retry", targets, { receipt });
        if (receipt !== `${start}-again`)
          expect(results.every(({ outcome }) => outcome === "done")).toBe(true);
        else done += results.filter(({ outcome }) => outcome === "done").length;
        await clock.advance(2);
      }
    }
    expect(done).toBe(0);
    const { counts, flows } = await engine.queue("letters");
    expect(counts).toMatchObject({ waiting: 0, active: 0, failed: count });
    expect(flows).toMatchObject({ operatorRetried: count, failed: 2 * count });
    expect(new Set(await idsOf(engine, ["failed"])).size).toBe(count);
  }, 60_000);
});

describe("fifty thousand jobs", () => {
  it("are held and put back in steps, in the same order", async () => {
    const engine = createEmbeddedEngine({ clock: createManualClock(0) });
    for (let each = 0; each < 50_000; each += 1)
      engine.add("letters", "send", {}, { priority: each % 7, delayMs: each % 5 === 0 ? each + 1 : 0 });
    const before = await idsOf(engine, ["waiting", "delayed"]);
    expect(await engine.holdWaiting("letters", HOLD, { includeDelayed: true })).toBe(50_000);
    expect(await idsOf(engine, ["waiting", "delayed"])).toEqual([]);
    let moved = 0;
    for (let left = 1; left > 0; ) {
      const step = await engine.releaseHeld("letters", "hold", 3333);
      moved += step.moved;
      left = step.left;
    }
    expect(moved).toBe(50_000);
    expect(await idsOf(engine, ["waiting", "delayed"])).toEqual(before);
  }, 60_000);
});
