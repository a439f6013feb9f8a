import { describe, expect } from "vitest";
import type { Flows } from "../records.ts";
import { addMany, type Behaviour, queueOf, ran, reach } from "./behaviour.ts";
import type { Harness } from "./harness.ts";

const flowsOf = async (harness: Harness): Promise<Flows> => (await queueOf(harness, "letters")).flows;

/** Waits until a counter has grown by exactly `growth`; one the engine can't know (null) is left alone. */
async function grew(
  harness: Harness,
  counter: Exclude<keyof Flows, "since" | "durations">,
  before: Flows,
  growth: number,
): Promise<void> {
  const start = before[counter];
  if (start === null) return;
  let now: number | null = start;
  await harness.settle(async () => {
    now = (await flowsOf(harness))[counter];
    return now !== null && now >= start + growth;
  }, `${counter} grows by ${growth}`);
  await harness.pass(100);
  expect((await flowsOf(harness))[counter]).toBe(start + growth);
}

export function describeSnapshot(behaviour: Behaviour): void {
  describe("the snapshot", () => {
    behaviour("holds nothing where nothing is", async (harness) => {
      const { queues, at } = await harness.engine.snapshot();
      expect(queues).toEqual([]);
      expect(Math.abs(at - harness.now())).toBeLessThan(5000);
    });

    behaviour("lists all queues, sorted by name", async (harness) => {
      for (const name of ["parcels", "letters", "stamps"]) await harness.createQueue(name);
      const { queues } = await harness.engine.snapshot();
      expect(queues.map(({ name }) => name)).toEqual(["letters", "parcels", "stamps"]);
    });

    behaviour("counts every state", async (harness) => {
      await ran(harness, "letters", { task: "ok" }, "completed");
      await ran(harness, "letters", { task: "fail" }, "failed");
      await harness.add("letters", { task: "ok", delayMs: 3_600_000 });
      await harness.add("letters", { task: "ok", children: [{ queue: "parcels", task: "ok" }] });
      await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await harness.settle(
        async () => (await queueOf(harness, "letters")).counts.active === 1,
        "a job is active",
      );
      await addMany(harness, "letters", 2, { priority: 3 });
      await addMany(harness, "letters", 1);
      expect((await queueOf(harness, "letters")).counts).toEqual({
        waiting: 3,
        active: 1,
        delayed: 1,
        blocked: 1,
        completed: 1,
        failed: 1,
      });
    });

    behaviour("says of one queue what it says of all", async (harness) => {
      await addMany(harness, "letters", 2);
      const alone = await harness.engine.queue("letters");
      expect(alone).toEqual(await queueOf(harness, "letters"));
    });

    behaviour("knows since when the longest-waiting job waits, or says that it does not", async (harness) => {
      await harness.createQueue("letters");
      expect((await queueOf(harness, "letters")).oldestWaitingSince).toBeNull();
      const before = harness.now();
      await harness.add("letters", { task: "ok" });
      const after = harness.now();
      await harness.pass(50);
      await harness.add("letters", { task: "ok" });
      const { oldestWaitingSince } = await queueOf(harness, "letters");
      if (oldestWaitingSince === null) return;
      expect(oldestWaitingSince).toBeGreaterThanOrEqual(before - 5);
      expect(oldestWaitingSince).toBeLessThanOrEqual(after + 5);
    });

    behaviour("knows since when the longest-running job runs", async (harness) => {
      const id = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      const { startedAt } = await reach(harness, "letters", id, "active");
      expect((await queueOf(harness, "letters")).oldestActiveSince).toBe(startedAt);
      harness.release();
      await reach(harness, "letters", id, "completed");
      expect((await queueOf(harness, "letters")).oldestActiveSince).toBeNull();
    });

    behaviour("tells the workers, or why it can't", async (harness) => {
      const { workers, workersUnknown } = await harness.engine.snapshot();
      expect(workers === null).toBe(workersUnknown !== null);
    });
  });

  describe("flows", () => {
    behaviour("count what is added", async (harness) => {
      await harness.createQueue("letters");
      const before = await flowsOf(harness);
      await addMany(harness, "letters", 3);
      await grew(harness, "enqueued", before, 3);
    });

    behaviour("count what started and completed", async (harness) => {
      await addMany(harness, "letters", 3);
      const before = await flowsOf(harness);
      await harness.process("letters");
      await grew(harness, "completed", before, 3);
      await grew(harness, "started", before, 3);
      await grew(harness, "failed", before, 0);
    });

    behaviour("count failed runs apart from jobs that failed for good", async (harness) => {
      await harness.add("letters", { task: "fail", attempts: 3, backoffMs: 10 });
      const before = await flowsOf(harness);
      await harness.process("letters");
      await grew(harness, "failed", before, 1);
      await grew(harness, "failedAttempts", before, 3);
      await grew(harness, "autoRetried", before, 2);
      await grew(harness, "operatorRetried", before, 0);
    });

    behaviour("count a retry by hand apart from the engine's own", async (harness) => {
      const failed = await ran(harness, "letters", { task: "fail" }, "failed");
      await harness.pass(300);
      const before = await flowsOf(harness);
      await harness.engine.retryJob("letters", failed.id);
      await grew(harness, "operatorRetried", before, 1);
      await grew(harness, "autoRetried", before, 0);
      await grew(harness, "enqueued", before, 0);
    });

    behaviour("never shrink while `since` stays", async (harness) => {
      await harness.createQueue("letters");
      const before = await flowsOf(harness);
      const { id } = await ran(harness, "letters", { task: "ok" }, "completed");
      await harness.engine.removeJob("letters", id);
      const after = await flowsOf(harness);
      expect(after.since).toBe(before.since);
      expect(after.completed ?? 0).toBeGreaterThanOrEqual(before.completed ?? 0);
    });

    behaviour("measure durations, where they are exact", async (harness) => {
      await ran(harness, "letters", { task: "ok" }, "completed");
      if (harness.engine.capabilities.flow_rates !== true) return;
      const measured = async (): Promise<number> => {
        const { durations } = await flowsOf(harness);
        return [...(durations?.values() ?? [])].reduce((sum, count) => sum + count, 0);
      };
      await harness.settle(async () => (await measured()) === 1, "one run is measured");
      expect((await flowsOf(harness)).durationSum).toBeGreaterThanOrEqual(0);
    });
  });
}
