import { describe, expect } from "vitest";
import { addMany, type Behaviour, idsOf, mustFind, queueOf, ran, reach } from "./behaviour.ts";

export function describeQueueWrites(behaviour: Behaviour): void {
  describe("pausing", () => {
    behaviour("a paused queue starts nothing, and goes on when resumed", async (harness) => {
      await harness.createQueue("letters");
      await harness.engine.pauseQueue("letters");
      const id = await harness.add("letters", { task: "ok" });
      await harness.process("letters");
      await harness.pass(300);
      expect((await mustFind(harness, "letters", id)).state).toBe("waiting");
      expect((await harness.engine.queue("letters")).paused).toBe(true);
      await harness.engine.resumeQueue("letters");
      await reach(harness, "letters", id, "completed");
      expect((await harness.engine.queue("letters")).paused).toBe(false);
    });

    behaviour("active jobs finish in a paused queue", async (harness) => {
      const id = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", id, "active");
      await harness.engine.pauseQueue("letters");
      harness.release();
      await reach(harness, "letters", id, "completed");
    });

    behaviour("pausing and resuming twice changes nothing", async (harness) => {
      await harness.add("letters", { task: "ok" });
      await harness.engine.pauseQueue("letters");
      await harness.engine.pauseQueue("letters");
      expect((await queueOf(harness, "letters")).paused).toBe(true);
      await harness.engine.resumeQueue("letters");
      await harness.engine.resumeQueue("letters");
      expect((await queueOf(harness, "letters")).paused).toBe(false);
    });

    behaviour("pausing one queue leaves the others alone", async (harness) => {
      await harness.createQueue("letters");
      const id = await harness.add("parcels", { task: "ok" });
      await harness.engine.pauseQueue("letters");
      await harness.process("parcels");
      await reach(harness, "parcels", id, "completed");
    });
  });

  describe("draining", () => {
    behaviour("deletes waiting jobs, prioritized ones too, and counts them", async (harness) => {
      await addMany(harness, "letters", 3);
      await addMany(harness, "letters", 2, { priority: 4 });
      await harness.add("letters", { task: "ok", id: "later", delayMs: 3_600_000 });
      expect(await harness.engine.drainQueue("letters", { includeDelayed: false })).toBe(5);
      const { counts } = await harness.engine.queue("letters");
      expect(counts).toMatchObject({ waiting: 0, delayed: 1 });
    });

    behaviour("deletes delayed jobs too if asked", async (harness) => {
      await addMany(harness, "letters", 2);
      await harness.add("letters", { task: "ok", id: "later", delayMs: 3_600_000 });
      expect(await harness.engine.drainQueue("letters", { includeDelayed: true })).toBe(3);
      expect(await harness.engine.job("letters", "later")).toBeNull();
    });

    behaviour("touches neither active nor finished jobs", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      const active = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", active, "active");
      await addMany(harness, "letters", 2);
      expect(await harness.engine.drainQueue("letters", { includeDelayed: true })).toBe(2);
      expect((await mustFind(harness, "letters", active)).state).toBe("active");
      expect((await mustFind(harness, "letters", failed.id)).state).toBe("failed");
    });

    behaviour("drains the waiting jobs of a paused queue", async (harness) => {
      await addMany(harness, "letters", 2);
      await harness.engine.pauseQueue("letters");
      expect(await harness.engine.drainQueue("letters", { includeDelayed: false })).toBe(2);
      expect((await harness.engine.queue("letters")).paused).toBe(true);
    });

    behaviour("an empty queue has nothing to drain", async (harness) => {
      await harness.createQueue("letters");
      expect(await harness.engine.drainQueue("letters", { includeDelayed: true })).toBe(0);
    });
  });

  describe("cleaning", () => {
    behaviour("deletes jobs of one state and counts them", async (harness) => {
      await ran(harness, "letters", { task: "fail", id: "bad" }, "failed");
      await ran(harness, "letters", { task: "ok", id: "good" }, "completed");
      await harness.pass(50);
      expect(
        await harness.engine.cleanQueue("letters", { state: "completed", olderThanMs: 0, limit: 100 }),
      ).toBe(1);
      expect(await harness.engine.job("letters", "good")).toBeNull();
      expect(
        await harness.engine.cleanQueue("letters", { state: "failed", olderThanMs: 0, limit: 100 }),
      ).toBe(1);
      expect(await harness.engine.job("letters", "bad")).toBeNull();
    });

    behaviour("spares what is younger than asked", async (harness) => {
      await ran(harness, "letters", { task: "fail", id: "bad" }, "failed");
      await harness.pass(50);
      const options = { state: "failed", olderThanMs: 3_600_000, limit: 100 } as const;
      expect(await harness.engine.cleanQueue("letters", options)).toBe(0);
      expect(await harness.engine.job("letters", "bad")).not.toBeNull();
    });

    behaviour("goes no further than its limit", async (harness) => {
      const ids = await addMany(harness, "letters", 5, { task: "fail" });
      const worker = await harness.process("letters");
      for (const id of ids) await reach(harness, "letters", id, "failed");
      await worker.stop();
      await harness.pass(50);
      expect(await harness.engine.cleanQueue("letters", { state: "failed", olderThanMs: 0, limit: 2 })).toBe(
        2,
      );
      const { rows, total } = await harness.engine.listJobs("letters", "failed", { offset: 0, limit: 10 });
      expect(total).toBe(3);
      expect(idsOf(rows).every((id) => ids.includes(id))).toBe(true);
    });
  });
}
