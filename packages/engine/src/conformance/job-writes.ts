import { describe, expect } from "vitest";
import { type Behaviour, idsOf, mustFind, ran, reach, refusal } from "./behaviour.ts";

export function describeJobWrites(behaviour: Behaviour): void {
  describe("retrying", () => {
    behaviour("puts a failed job back to waiting under its id", async (harness) => {
      const failed = await ran(
        harness,
        "letters",
        { task: "fail", priority: 3, payload: { a: 1 } },
        "failed",
      );
      const effect = await harness.engine.retryJob("letters", failed.id);
      expect(effect.state).toBe("waiting");
      const job = await mustFind(harness, "letters", failed.id);
      expect(job).toMatchObject({ state: "waiting", priority: 3, payload: '{"a":1}', finishedAt: null });
      expect(job.version).toBe(effect.version);
      expect(job.version).not.toBe(failed.version);
    });

    behaviour("puts it behind those that wait, and ahead of those that come", async (harness) => {
      const { id } = await ran(harness, "letters", { task: "fail" }, "failed");
      const before = await harness.add("letters", { task: "ok" });
      await harness.engine.retryJob("letters", id);
      const after = await harness.add("letters", { task: "ok" });
      const options = { order: "oldest", offset: 0, limit: 10 } as const;
      const { rows } = await harness.engine.listJobs("letters", "waiting", options);
      expect(idsOf(rows)).toEqual([before, id, after]);
    });

    behaviour("keeps the evidence of the error", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      await harness.engine.retryJob("letters", failed.id);
      const { attempts } = await mustFind(harness, "letters", failed.id);
      expect(attempts.some(({ error }) => error?.message.includes("boom in attempt 1"))).toBe(true);
    });

    behaviour("gives one more run", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail", attempts: 2, backoffMs: 10 }, "failed");
      await harness.engine.retryJob("letters", failed.id);
      await harness.process("letters");
      const again = await reach(harness, "letters", failed.id, "failed");
      expect(again.attemptsMade).toBe(3);
    });

    behaviour("gives all attempts back if asked", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail", attempts: 2, backoffMs: 10 }, "failed");
      await harness.engine.retryJob("letters", failed.id, { resetAttempts: true });
      await harness.process("letters");
      const again = await reach(harness, "letters", failed.id, "failed");
      expect(again.attemptsMade).toBe(2);
    });

    behaviour("a retried job can complete", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail-once" }, "failed");
      await harness.engine.retryJob("letters", failed.id);
      await harness.process("letters");
      const job = await reach(harness, "letters", failed.id, "completed");
      expect(job.attemptsMade).toBe(2);
    });

    behaviour("a job retried in a paused queue waits", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail-once" }, "failed");
      await harness.engine.pauseQueue("letters");
      await harness.engine.retryJob("letters", failed.id);
      await harness.process("letters");
      await harness.pass(300);
      expect((await mustFind(harness, "letters", failed.id)).state).toBe("waiting");
    });

    behaviour("is a conflict unless the job is failed, and says what it is", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      const { current } = await refusal(harness.engine.retryJob("letters", id), "conflict");
      expect(current).toMatchObject({
        state: "waiting",
        version: (await mustFind(harness, "letters", id)).version,
      });
      const done = await ran(harness, "parcels", { task: "ok" }, "completed");
      await refusal(harness.engine.retryJob("parcels", done.id), "conflict");
    });

    behaviour("of two retries at once one takes effect", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      const outcomes = await Promise.allSettled([
        harness.engine.retryJob("letters", failed.id, { expectVersion: failed.version }),
        harness.engine.retryJob("letters", failed.id, { expectVersion: failed.version }),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    });
  });

  describe("expecting a version", () => {
    behaviour("every write goes through at the version that was read", async (harness) => {
      const { engine } = harness;
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      await engine.retryJob("letters", failed.id, { expectVersion: failed.version });
      const waiting = await mustFind(harness, "letters", failed.id);
      await engine.cancelJob("letters", failed.id, { expectVersion: waiting.version });
      const cancelled = await mustFind(harness, "letters", failed.id);
      await engine.removeJob("letters", failed.id, { expectVersion: cancelled.version });
      const id = await harness.add("letters", { task: "ok", delayMs: 3_600_000 });
      const delayed = await mustFind(harness, "letters", id);
      await engine.promoteJob("letters", id, { expectVersion: delayed.version });
    });

    behaviour("is a conflict for a job that moved on, and nothing happens", async (harness) => {
      const { engine } = harness;
      const first = await ran(harness, "letters", { task: "fail" }, "failed");
      await engine.retryJob("letters", first.id);
      const worker = await harness.process("letters");
      const second = await reach(harness, "letters", first.id, "failed");
      await worker.stop();
      const stale = { expectVersion: first.version };
      const { current } = await refusal(engine.retryJob("letters", first.id, stale), "conflict");
      expect(current).toEqual({ state: "failed", version: second.version });
      await refusal(engine.removeJob("letters", first.id, stale), "conflict");
      expect((await mustFind(harness, "letters", first.id)).version).toBe(second.version);
    });

    behaviour("a version changes with every attempt", async (harness) => {
      const id = await harness.add("letters", { task: "fail", attempts: 2, backoffMs: 60_000 });
      const versions = [(await mustFind(harness, "letters", id)).version];
      await harness.process("letters");
      versions.push((await reach(harness, "letters", id, "delayed")).version);
      await harness.engine.promoteJob("letters", id);
      versions.push((await reach(harness, "letters", id, "failed")).version);
      expect(new Set(versions).size).toBe(3);
    });

    behaviour("a version stays as long as nothing happens", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      const { version } = await mustFind(harness, "letters", id);
      await harness.pass(50);
      const { rows } = await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 1 });
      expect(rows.map((row) => row.version)).toEqual([version]);
    });
  });

  describe("cancelling", () => {
    behaviour("ends a waiting job as failed, and it never runs", async (harness) => {
      const id = await harness.add("letters", { task: "ok", attempts: 3 });
      const effect = await harness.engine.cancelJob("letters", id);
      expect(effect).toMatchObject({ state: "failed", stopped: true });
      await harness.process("letters");
      await harness.pass(300);
      const job = await mustFind(harness, "letters", id);
      expect(job).toMatchObject({ state: "failed", startedAt: null });
      expect(job.error?.name).toBe("Cancelled");
    });

    behaviour("ends a delayed job", async (harness) => {
      const id = await harness.add("letters", { task: "ok", delayMs: 100 });
      await harness.engine.cancelJob("letters", id);
      await harness.process("letters");
      await harness.pass(400);
      const job = await mustFind(harness, "letters", id);
      expect(job.state).toBe("failed");
      expect(job.error?.name).toBe("Cancelled");
    });

    behaviour("ends a blocked job; its children go on", async (harness) => {
      const children = [{ queue: "parcels", task: "ok", id: "child" }];
      const id = await harness.add("letters", { task: "ok", children });
      await harness.engine.cancelJob("letters", id);
      await harness.process("letters");
      await harness.process("parcels");
      await reach(harness, "parcels", "child", "completed");
      await harness.pass(200);
      expect((await mustFind(harness, "letters", id)).state).toBe("failed");
    });

    behaviour("stops an active job for good, where it can", async (harness) => {
      const id = await harness.add("letters", { task: "slow", attempts: 3 });
      await harness.process("letters");
      const { attempts } = await reach(harness, "letters", id, "active");
      expect(attempts).toMatchObject([{ number: 1, finishedAt: null, error: null }]);
      if (harness.engine.capabilities.job_cancel_active !== true) {
        await refusal(harness.engine.cancelJob("letters", id), "unsupported");
        expect((await mustFind(harness, "letters", id)).state).toBe("active");
        return;
      }
      const cancelling = harness.engine.cancelJob("letters", id);
      await harness.settle(
        async () => (await harness.engine.job("letters", id))?.state === "failed",
        "the cancelled job ends",
      );
      expect(await cancelling).toMatchObject({ state: "failed", stopped: true });
      await harness.pass(300);
      const job = await mustFind(harness, "letters", id);
      expect(job.state).toBe("failed");
      expect(job.error?.name).toBe("Cancelled");
    });

    behaviour("a cancelled job can be retried by hand", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      await harness.engine.cancelJob("letters", id);
      await harness.engine.retryJob("letters", id);
      await harness.process("letters");
      await reach(harness, "letters", id, "completed");
    });

    behaviour("is a conflict for a job that is over", async (harness) => {
      const done = await ran(harness, "letters", { task: "ok" }, "completed");
      await refusal(harness.engine.cancelJob("letters", done.id), "conflict");
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      const { current } = await refusal(harness.engine.cancelJob("letters", failed.id), "conflict");
      expect(current?.state).toBe("failed");
    });
  });

  describe("removing and promoting", () => {
    behaviour("removes a waiting, a delayed, a failed and a completed job", async (harness) => {
      const { engine } = harness;
      const ids = [
        (await ran(harness, "letters", { task: "fail" }, "failed")).id,
        (await ran(harness, "letters", { task: "ok" }, "completed")).id,
        await harness.add("letters", { task: "ok" }),
        await harness.add("letters", { task: "ok", delayMs: 3_600_000 }),
      ];
      for (const id of ids) {
        expect(await engine.removeJob("letters", id)).toMatchObject({ state: null });
        expect(await engine.job("letters", id)).toBeNull();
      }
      const { counts } = await engine.queue("letters");
      expect(counts).toEqual({ waiting: 0, active: 0, delayed: 0, blocked: 0, completed: 0, failed: 0 });
    });

    behaviour("does not remove an active job", async (harness) => {
      const id = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", id, "active");
      const { current } = await refusal(harness.engine.removeJob("letters", id), "conflict");
      expect(current?.state).toBe("active");
      expect((await mustFind(harness, "letters", id)).state).toBe("active");
    });

    behaviour("leaves children when their parent is removed", async (harness) => {
      const children = [
        { queue: "letters", task: "ok", id: "child-a" },
        { queue: "parcels", task: "ok", id: "child-b" },
      ];
      const id = await harness.add("letters", { task: "ok", children });
      await harness.engine.removeJob("letters", id);
      expect(await harness.engine.job("letters", id)).toBeNull();
      expect((await mustFind(harness, "letters", "child-a")).state).toBe("waiting");
      expect((await mustFind(harness, "parcels", "child-b")).state).toBe("waiting");
    });

    behaviour("makes a delayed job waiting now", async (harness) => {
      const id = await harness.add("letters", { task: "ok", delayMs: 3_600_000 });
      const effect = await harness.engine.promoteJob("letters", id);
      expect(effect.state).toBe("waiting");
      const { rows } = await harness.engine.listJobs("letters", "waiting", { offset: 0, limit: 5 });
      expect(idsOf(rows)).toEqual([id]);
      expect(rows[0]?.runAt).toBeNull();
      await harness.process("letters");
      await reach(harness, "letters", id, "completed");
    });

    behaviour("promotes only a delayed job", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      const { current } = await refusal(harness.engine.promoteJob("letters", id), "conflict");
      expect(current?.state).toBe("waiting");
    });
  });
}
