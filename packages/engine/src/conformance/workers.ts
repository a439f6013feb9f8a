import { describe, expect } from "vitest";
import { addMany, type Behaviour, gather, mustFind, ran, reach } from "./behaviour.ts";
import type { Harness } from "./harness.ts";

const workersOf = async (harness: Harness, queue: string) => {
  const { workers } = await harness.engine.snapshot();
  return (workers ?? []).filter(({ queues }) => queues.includes(queue));
};

export function describeWorkers(behaviour: Behaviour): void {
  describe("workers", () => {
    behaviour("there are none until one starts", async (harness) => {
      await harness.createQueue("letters");
      expect(await workersOf(harness, "letters")).toEqual([]);
    });

    behaviour("a started worker is listed with its queue", async (harness) => {
      await harness.createQueue("letters");
      await harness.process("letters");
      await harness.settle(
        async () => (await workersOf(harness, "letters")).length === 1,
        "the worker is listed",
      );
    });

    behaviour("each worker is listed once", async (harness) => {
      await harness.createQueue("letters");
      await harness.process("letters");
      await harness.process("letters");
      await harness.settle(
        async () => (await workersOf(harness, "letters")).length === 2,
        "both workers are listed",
      );
      const workers = await workersOf(harness, "letters");
      expect(new Set(workers.map(({ id }) => id)).size).toBe(2);
    });

    behaviour("a worker tells how it lives, where that is known", async (harness) => {
      await harness.createQueue("letters");
      await harness.process("letters", { concurrency: 3 });
      await harness.settle(
        async () => (await workersOf(harness, "letters")).length === 1,
        "the worker is listed",
      );
      const [worker] = await workersOf(harness, "letters");
      if (harness.engine.capabilities.worker_heartbeat !== true) return;
      expect(worker?.concurrency).toBe(3);
      expect(worker?.heartbeatAt).toBeGreaterThan(harness.now() - 30_000);
      expect(worker?.stoppedAt).toBeNull();
    });

    behaviour("an active job belongs to the worker that runs it, where that is known", async (harness) => {
      const id = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", id, "active");
      const holds = async (): Promise<boolean> =>
        (await workersOf(harness, "letters")).some(({ activeJobs }) =>
          activeJobs.some(({ jobId }) => jobId === id),
        );
      if (harness.engine.capabilities.worker_heartbeat === true)
        await harness.settle(holds, "a worker holds the job");
      const active = (await workersOf(harness, "letters")).flatMap(({ activeJobs }) => activeJobs);
      expect(active.every(({ jobId, queue }) => jobId === id && queue === "letters")).toBe(true);
    });

    behaviour(
      "rows of an active job name a worker of the snapshot, and hold it for alive",
      async (harness) => {
        const { engine } = harness;
        const id = await harness.add("letters", { task: "slow" });
        await harness.process("letters");
        await reach(harness, "letters", id, "active");
        const ids = async () => (await workersOf(harness, "letters")).map((worker) => worker.id);
        await harness.settle(async () => (await ids()).length === 1, "the worker is listed");
        const [only] = await ids();
        const { rows } = await engine.listJobs("letters", "active", { offset: 0, limit: 1 });
        const [batch] = await gather(engine.scan("letters", { states: ["active"], fields: ["worker"] }));
        expect(rows[0]?.workerId).toBe(only);
        expect(rows[0]?.flags).not.toContain("stalled");
        expect((await mustFind(harness, "letters", id)).workerId).toBe(only);
        expect(batch?.rows[0]).toMatchObject({ id, workerId: only, stalled: false });
      },
    );

    behaviour("of two workers the one that runs a job is named, where that is known", async (harness) => {
      const { engine } = harness;
      const first = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", first, "active");
      const second = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      await reach(harness, "letters", second, "active");
      await harness.settle(async () => (await workersOf(harness, "letters")).length === 2, "both are listed");
      if (engine.capabilities.worker_heartbeat !== true) return;
      const workers = await workersOf(harness, "letters");
      const holder = (id: string) =>
        workers.find(({ activeJobs }) => activeJobs.some(({ jobId }) => jobId === id))?.id;
      const [batch] = await gather(engine.scan("letters", { states: ["active"], fields: ["worker"] }));
      const named = new Map(batch?.rows.map((row) => [row.id, row.workerId]));
      expect(named).toEqual(
        new Map([
          [first, holder(first)],
          [second, holder(second)],
        ]),
      );
      expect(new Set(named.values()).size).toBe(2);
    });

    behaviour("a job that runs no more is not called stalled", async (harness) => {
      const { id } = await ran(harness, "letters", { task: "ok" }, "completed");
      const options = { states: ["completed"], fields: ["worker"] } as const;
      const [batch] = await gather(harness.engine.scan("letters", options));
      expect(batch?.rows[0]).toMatchObject({ id, stalled: null });
    });

    behaviour("a worker that said goodbye is gone or marked as stopped", async (harness) => {
      await harness.createQueue("letters");
      const worker = await harness.process("letters");
      await harness.settle(
        async () => (await workersOf(harness, "letters")).length === 1,
        "the worker is listed",
      );
      await worker.stop();
      await harness.settle(
        async () => (await workersOf(harness, "letters")).every(({ stoppedAt }) => stoppedAt !== null),
        "the worker is gone or stopped",
      );
    });

    behaviour("a worker runs no more jobs at once than its concurrency", async (harness) => {
      await addMany(harness, "letters", 4, { task: "slow" });
      await harness.process("letters", { concurrency: 2 });
      const active = async () => (await harness.engine.queue("letters")).counts.active;
      await harness.settle(async () => (await active()) === 2, "two jobs are active");
      await harness.pass(200);
      expect(await active()).toBe(2);
    });

    behaviour("a worker takes jobs in the order of the list", async (harness) => {
      const ids = await addMany(harness, "letters", 4);
      await harness.process("letters");
      const starts: (number | null)[] = [];
      for (const id of ids) starts.push((await reach(harness, "letters", id, "completed")).startedAt);
      expect(starts).toEqual(starts.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    });

    behaviour("a stopping worker finishes its job", async (harness) => {
      const id = await harness.add("letters", { task: "slow" });
      const worker = await harness.process("letters");
      await reach(harness, "letters", id, "active");
      harness.release();
      const stopping = worker.stop();
      await reach(harness, "letters", id, "completed");
      await stopping;
      expect((await mustFind(harness, "letters", id)).attemptsMade).toBe(1);
    });
  });
}
