import { describe, expect, it } from "vitest";
import { createManualClock } from "./clock.ts";
import { createEmbeddedEngine } from "./engine.ts";

const JOBS = 200_000;

describe("two hundred thousand jobs", () => {
  it("are paged, scanned and drained without losing one", async () => {
    const engine = createEmbeddedEngine({ clock: createManualClock(0) });
    for (let each = 0; each < JOBS; each += 1)
      engine.add("letters", "send", `{"tenant":"tenant-${each % 120}"}`, { priority: each % 3 });
    const { total, rows } = await engine.listJobs("letters", "waiting", { offset: JOBS - 50, limit: 50 });
    expect({ total, rows: rows.length, last: rows.at(-1)?.id }).toEqual({ total: JOBS, rows: 50, last: "1" });
    const ids = new Set<string>();
    for await (const batch of engine.scan("letters", { states: ["waiting"], fields: ["payload"] }))
      for (const { id } of batch.rows) ids.add(id);
    expect(ids.size).toBe(JOBS);
    expect(await engine.drainQueue("letters", { includeDelayed: false })).toBe(JOBS);
    expect((await engine.queue("letters")).counts.waiting).toBe(0);
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
