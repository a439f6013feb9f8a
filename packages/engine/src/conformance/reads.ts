import { describe, expect } from "vitest";
import { addMany, type Behaviour, idsOf, mustFind, ran, reach } from "./behaviour.ts";

export function describeReads(behaviour: Behaviour): void {
  describe("reading one job", () => {
    behaviour("answers a ping", async ({ engine }) => {
      await expect(engine.ping()).resolves.toBeUndefined();
    });

    behaviour("says what it is, without credentials", async ({ engine }) => {
      expect(engine.info.name.length).toBeGreaterThan(0);
      expect(engine.info.name).not.toMatch(/:\/\/[^/]*:[^/]*@/);
    });

    behaviour("explains each capability it lacks in a sentence", async ({ engine }) => {
      for (const capability of Object.values(engine.capabilities))
        if (capability !== true) expect(capability).toMatch(/\w+ \w+ \w+/);
    });

    behaviour("knows a waiting job whole", async (harness) => {
      const before = harness.now();
      const payload = { tenant: "tenant-7", amount: 12 };
      const id = await harness.add("letters", { task: "ok", payload, attempts: 3 });
      const job = await mustFind(harness, "letters", id);
      expect(job).toMatchObject({
        id,
        queue: "letters",
        task: "ok",
        state: "waiting",
        attemptsMade: 0,
        maxAttempts: 3,
        startedAt: null,
        finishedAt: null,
        runAt: null,
        error: null,
        result: null,
        payload: JSON.stringify(payload),
        payloadHead: JSON.stringify(payload),
        payloadBytes: JSON.stringify(payload).length,
        payloadTruncated: false,
        flags: [],
        parent: null,
        children: [],
        scheduleId: null,
        logLines: 0,
      });
      expect(job.createdAt).toBeGreaterThanOrEqual(before - 1000);
      expect(job.createdAt).toBeLessThanOrEqual(harness.now() + 1000);
    });

    behaviour("gives the options as JSON text without the payload", async (harness) => {
      const id = await harness.add("letters", { task: "ok", payload: { canary: "c4n4ry" }, attempts: 4 });
      const { options } = await mustFind(harness, "letters", id);
      expect(JSON.parse(options)).toMatchObject({ attempts: 4 });
      expect(options).not.toContain("c4n4ry");
    });

    behaviour("knows an active job's start", async (harness) => {
      const id = await harness.add("letters", { task: "slow" });
      await harness.process("letters");
      const job = await reach(harness, "letters", id, "active");
      expect(job.startedAt).toBeGreaterThanOrEqual(job.createdAt ?? 0);
      expect(job.finishedAt).toBeNull();
      if (harness.engine.capabilities.worker_heartbeat === true)
        expect(job.workerId).toEqual(expect.any(String));
    });

    behaviour("knows a completed job's result and times", async (harness) => {
      const job = await ran(harness, "letters", { task: "ok" }, "completed");
      expect(JSON.parse(job.result ?? "null")).toEqual({ ok: true, answer: 42 });
      expect(job.error).toBeNull();
      expect(job.attemptsMade).toBe(1);
      expect(job.finishedAt).toBeGreaterThanOrEqual(job.startedAt ?? Number.POSITIVE_INFINITY);
    });

    behaviour("knows a failed job's error", async (harness) => {
      const job = await ran(harness, "letters", { task: "fail" }, "failed");
      expect(job.error?.message).toBe("boom in attempt 1");
      expect(job.error?.stack).toContain("boom in attempt 1");
      expect(job.finishedAt).not.toBeNull();
      expect(job.result).toBeNull();
    });

    behaviour("names the error's type, or says that it is unknown", async (harness) => {
      const job = await ran(harness, "letters", { task: "fail-type" }, "failed");
      expect(["TypeError", null]).toContain(job.error?.name);
      expect(job.error?.message).toBe("this is of another type");
    });

    behaviour("keeps an entry for every attempt", async (harness) => {
      const job = await ran(harness, "letters", { task: "fail", attempts: 3, backoffMs: 10 }, "failed");
      expect(job.attemptsMade).toBe(3);
      expect(job.attempts.map(({ number }) => number)).toEqual([1, 2, 3]);
      expect(job.attempts.at(-1)?.error?.message).toBe("boom in attempt 3");
      if (harness.engine.capabilities.attempt_history === true)
        expect(job.attempts.map(({ error }) => error?.message)).toEqual(
          [1, 2, 3].map((n) => `boom in attempt ${n}`),
        );
    });

    behaviour("completes a job that failed once and was retried by the engine", async (harness) => {
      const job = await ran(
        harness,
        "letters",
        { task: "fail-once", attempts: 2, backoffMs: 10 },
        "completed",
      );
      expect(job.attemptsMade).toBe(2);
      expect(JSON.parse(job.result ?? "null")).toEqual({ ok: true, attempt: 2 });
    });

    behaviour("shows a job that backs off as delayed, with its error", async (harness) => {
      const id = await harness.add("letters", { task: "fail", attempts: 2, backoffMs: 60_000 });
      await harness.process("letters");
      const job = await reach(harness, "letters", id, "delayed");
      expect(job.attemptsMade).toBe(1);
      expect(job.runAt).toBeGreaterThan(harness.now() + 30_000);
      expect(job.attempts[0]?.error?.message).toBe("boom in attempt 1");
    });

    behaviour("tells its events in order", async (harness) => {
      const { events } = await ran(harness, "letters", { task: "ok" }, "completed");
      expect(events.length).toBeGreaterThan(0);
      expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b));
      expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(["created", "completed"]));
    });

    behaviour("tells progress", async (harness) => {
      const id = await harness.add("letters", { task: "progress" });
      await harness.process("letters");
      await harness.settle(
        async () => (await harness.engine.job("letters", id))?.progress === 40,
        "the job reports 40",
      );
      expect((await mustFind(harness, "letters", id)).state).toBe("active");
    });

    behaviour("links a parent and its children, in another queue too", async (harness) => {
      const children = [
        { queue: "letters", task: "ok", id: "child-a" },
        { queue: "parcels", task: "ok", id: "child-b" },
      ];
      const id = await harness.add("letters", { task: "ok", children });
      const parent = await mustFind(harness, "letters", id);
      expect(parent.state).toBe("blocked");
      expect([...parent.children].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        { queue: "letters", id: "child-a" },
        { queue: "parcels", id: "child-b" },
      ]);
      expect((await mustFind(harness, "parcels", "child-b")).parent).toEqual({ queue: "letters", id });
    });

    behaviour("runs a blocked parent once its children completed", async (harness) => {
      const children = [{ queue: "letters", task: "ok", id: "child-a" }];
      const id = await harness.add("letters", { task: "ok", children });
      await harness.process("letters");
      const parent = await reach(harness, "letters", id, "completed");
      const child = await mustFind(harness, "letters", "child-a");
      expect(parent.startedAt).toBeGreaterThanOrEqual(child.finishedAt ?? Number.POSITIVE_INFINITY);
    });

    behaviour("runs the smaller priority first, and jobs without one before", async (harness) => {
      await harness.add("letters", { task: "ok", id: "last", priority: 9 });
      await harness.add("letters", { task: "ok", id: "second", priority: 2 });
      await harness.add("letters", { task: "ok", id: "first" });
      expect((await mustFind(harness, "letters", "second")).priority).toBe(2);
      const { rows } = await harness.engine.listJobs("letters", "waiting", {
        order: "oldest",
        offset: 0,
        limit: 10,
      });
      expect(idsOf(rows)).toEqual(["first", "second", "last"]);
    });
  });

  describe("reading logs and looking up", () => {
    behaviour("reads log lines oldest first, in slices", async (harness) => {
      const { id, logLines } = await ran(harness, "letters", { task: "log" }, "completed");
      expect(logLines).toBe(3);
      const all = await harness.engine.jobLogs("letters", id, { offset: 0, limit: 10 });
      expect(all.total).toBe(3);
      expect(all.rows.map(({ text }) => text)).toEqual(["first line", "second line", "third line"]);
      const part = await harness.engine.jobLogs("letters", id, { offset: 1, limit: 1 });
      expect(part).toMatchObject({ total: 3, rows: [{ text: "second line" }] });
    });

    behaviour("has no log lines of a job that wrote none", async (harness) => {
      const id = await harness.add("letters", { task: "ok" });
      expect(await harness.engine.jobLogs("letters", id, { offset: 0, limit: 10 })).toEqual({
        rows: [],
        total: 0,
      });
    });

    behaviour("finds an id in every queue that holds it, and only there", async (harness) => {
      await harness.add("letters", { task: "ok", id: "same-id" });
      await harness.add("parcels", { task: "ok", id: "same-id" });
      await harness.add("parcels", { task: "ok", id: "same-id-2" });
      const { rows, queues, complete } = await harness.engine.findJob("same-id");
      expect(rows.map(({ queue, id }) => `${queue}/${id}`).sort()).toEqual([
        "letters/same-id",
        "parcels/same-id",
      ]);
      expect({ queues, complete }).toEqual({ queues: 2, complete: true });
      expect((await harness.engine.findJob("other")).rows).toEqual([]);
    });

    behaviour("reads rows by id in the order asked for and leaves out what is gone", async (harness) => {
      const [a, b, c] = await addMany(harness, "letters", 3);
      if (!a || !b || !c) throw new Error("no ids");
      await harness.engine.removeJob("letters", b);
      expect(idsOf(await harness.engine.jobsById("letters", [c, b, a, "never"]))).toEqual([c, a]);
      expect(await harness.engine.jobsById("letters", [])).toEqual([]);
    });

    behaviour("stops a read whose signal was aborted with the signal's reason", async (harness) => {
      const { engine } = harness;
      await harness.createQueue("letters");
      const reason = new Error("nobody waits for it");
      const signal = AbortSignal.abort(reason);
      await expect(engine.snapshot({ signal })).rejects.toBe(reason);
      await expect(engine.listJobs("letters", "waiting", { offset: 0, limit: 1, signal })).rejects.toBe(
        reason,
      );
    });
  });
}
