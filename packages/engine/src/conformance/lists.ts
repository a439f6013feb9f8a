import { describe, expect } from "vitest";
import { JOB_STATES } from "../records.ts";
import { addMany, type Behaviour, idsOf, mustFind, ran, reach } from "./behaviour.ts";

export function describeLists(behaviour: Behaviour): void {
  describe("listing jobs", () => {
    behaviour("counts and lists nothing in an empty queue", async (harness) => {
      await harness.createQueue("letters");
      for (const state of JOB_STATES)
        expect(await harness.engine.listJobs("letters", state, { offset: 0, limit: 10 })).toEqual({
          rows: [],
          total: 0,
        });
    });

    behaviour("lists waiting jobs newest first by default", async (harness) => {
      const ids = await addMany(harness, "letters", 4);
      const { rows, total } = await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 10 });
      expect(total).toBe(4);
      expect(idsOf(rows)).toEqual(ids.toReversed());
    });

    behaviour("lists the next to run first when asked for the oldest", async (harness) => {
      const ids = await addMany(harness, "letters", 4);
      const { rows } = await harness.engine.listJobs("letters", "waiting", {
        order: "oldest",
        offset: 0,
        limit: 10,
      });
      expect(idsOf(rows)).toEqual(ids);
    });

    behaviour("slices without overlap and counts all", async (harness) => {
      const ids = await addMany(harness, "letters", 7);
      const seen: string[] = [];
      for (let offset = 0; offset < 9; offset += 3) {
        const page = await harness.engine.listJobs("letters", "waiting", {
          order: "oldest",
          offset,
          limit: 3,
        });
        expect(page.total).toBe(7);
        seen.push(...idsOf(page.rows));
      }
      expect(seen).toEqual(ids);
    });

    behaviour("slices newest first across priorities", async (harness) => {
      await addMany(harness, "letters", 3);
      await addMany(harness, "letters", 3, { priority: 5 });
      const whole = await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 10 });
      expect(whole.total).toBe(6);
      const parts = [0, 2, 4].map((offset) =>
        harness.engine.listJobs("letters", "waiting", { offset, limit: 2 }),
      );
      expect((await Promise.all(parts)).flatMap(({ rows }) => idsOf(rows))).toEqual(idsOf(whole.rows));
    });

    behaviour("has no rows past the end, and still the total", async (harness) => {
      await addMany(harness, "letters", 2);
      expect(await harness.engine.listJobs("letters", "waiting", { offset: 50, limit: 10 })).toEqual({
        rows: [],
        total: 2,
      });
    });

    behaviour("lists each job under its own state alone", async (harness) => {
      await harness.add("letters", { task: "ok", id: "later", delayMs: 3_600_000 });
      await harness.add("letters", {
        task: "ok",
        id: "parent",
        children: [{ queue: "parcels", task: "ok", id: "child" }],
      });
      await ran(harness, "letters", { task: "ok", id: "good" }, "completed");
      await ran(harness, "letters", { task: "fail", id: "bad" }, "failed");
      await harness.add("letters", { task: "ok", id: "next" });
      const found: Record<string, string[]> = {};
      for (const state of JOB_STATES) {
        const { rows } = await harness.engine.listJobs("letters", state, { offset: 0, limit: 10 });
        found[state] = idsOf(rows);
        expect(rows.every((row) => row.state === state)).toBe(true);
      }
      expect(found).toEqual({
        waiting: ["next"],
        active: [],
        delayed: ["later"],
        blocked: ["parent"],
        completed: ["good"],
        failed: ["bad"],
      });
    });

    behaviour("lists the last to finish first", async (harness) => {
      const first = await ran(harness, "letters", { task: "fail" }, "failed");
      await harness.pass(20);
      const second = await ran(harness, "letters", { task: "fail" }, "failed");
      const { rows } = await harness.engine.listJobs("letters", "failed", { offset: 0, limit: 10 });
      expect(idsOf(rows)).toEqual([second.id, first.id]);
      const oldest = await harness.engine.listJobs("letters", "failed", {
        order: "oldest",
        offset: 0,
        limit: 10,
      });
      expect(idsOf(oldest.rows)).toEqual([first.id, second.id]);
    });

    behaviour("shows the jobs of a paused queue as waiting", async (harness) => {
      await harness.createQueue("letters");
      await harness.engine.pauseQueue("letters");
      const id = await harness.add("letters", { task: "ok" });
      const { rows, total } = await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 10 });
      expect({ ids: idsOf(rows), total }).toEqual({ ids: [id], total: 1 });
    });

    behaviour("a row says of a job what the job itself says", async (harness) => {
      const job = await ran(harness, "letters", { task: "fail", payload: { a: 1 }, attempts: 1 }, "failed");
      const [row] = (await harness.engine.listJobs("letters", "failed", { offset: 0, limit: 1 })).rows;
      expect(row).toBeDefined();
      expect(job).toMatchObject({ ...row });
    });

    behaviour("knows when a delayed job will be due", async (harness) => {
      const id = await harness.add("letters", { task: "ok", delayMs: 600_000 });
      const { createdAt, runAt, state } = await mustFind(harness, "letters", id);
      expect(state).toBe("delayed");
      expect(Math.abs((runAt ?? 0) - (createdAt ?? 0) - 600_000)).toBeLessThan(2000);
    });

    behaviour("a delayed job becomes waiting by itself and runs", async (harness) => {
      const id = await harness.add("letters", { task: "ok", delayMs: 100 });
      await harness.process("letters");
      const job = await reach(harness, "letters", id, "completed");
      expect((job.startedAt ?? 0) - (job.createdAt ?? 0)).toBeGreaterThanOrEqual(95);
    });

    behaviour("counts waiting from when it became waiting, not from creation", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      await harness.pass(200);
      const before = harness.now();
      await harness.engine.retryJob("letters", failed.id);
      const { waitingSince, createdAt } = await mustFind(harness, "letters", failed.id);
      expect(createdAt).toBe(failed.createdAt);
      if (waitingSince !== null) expect(waitingSince).toBeGreaterThanOrEqual(before - 5);
    });

    behaviour("a job that can't be read is a row that says so, beside the others", async (harness) => {
      if (!harness.seedUnreadable) return;
      await harness.add("letters", { task: "ok", id: "fine" });
      const odd = await harness.seedUnreadable("letters");
      const { rows, total } = await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 10 });
      expect(total).toBe(2);
      expect(rows.find(({ id }) => id === odd)?.flags).toContain("unreadable");
      expect(rows.find(({ id }) => id === "fine")?.flags).toEqual([]);
    });
  });
}
