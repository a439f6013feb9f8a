import type { JobState } from "@spillway/engine";
import { FlowProducer, type JobType, type Queue, Worker } from "bullmq";
import { describe, expect, it } from "vitest";
import { createWorld, until, type World, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const PREFIX = "{shop}:jobs";

const STATES: Record<JobState, JobType[]> = {
  waiting: ["wait", "prioritized"],
  active: ["active"],
  delayed: ["delayed"],
  blocked: ["waiting-children"],
  completed: ["completed"],
  failed: ["failed"],
};

/** Priorities, delays, flows, a paused queue, schedulers, finished and failed jobs, under a prefix of its own. */
async function mixedWorkload(world: World): Promise<Queue[]> {
  const names = ["billing", "emails", "reports"];
  const queues = names.map((name) => world.queue(name, PREFIX));
  const flows = new FlowProducer({ connection: world.redis, prefix: PREFIX });
  for (const [n, queue] of queues.entries()) {
    const worker = new Worker(
      queue.name,
      async (job) => {
        if (job.data.fails) throw new Error("declined");
        return job.data;
      },
      { connection: { host: "127.0.0.1", port: world.server.port }, prefix: PREFIX, concurrency: 4 },
    );
    await queue.addBulk(
      Array.from({ length: 60 + n }, (_, i) => ({
        name: "charge",
        data: { i, fails: i % 5 === 0 },
        opts: { attempts: 1 + (i % 2) },
      })),
    );
    await until(
      async () =>
        (await queue.getJobCounts("wait", "active", "delayed")).wait === 0 &&
        (await queue.getActiveCount()) === 0,
      "the first jobs end",
    );
    await worker.close();
    for (let i = 0; i < 25; i += 1) {
      await queue.add("later", { i }, { delay: 60_000 + (i % 3) });
      await queue.add("ranked", { i }, { priority: 1 + (i % 7) });
      await queue.add("plain", { i }, { lifo: i % 6 === 0 });
    }
    await queue.upsertJobScheduler(
      "nightly",
      { pattern: "0 3 * * *", tz: "Europe/Berlin" },
      { name: "close", data: { n } },
    );
    await queue.upsertJobScheduler("often", { every: 90_000, limit: 7 }, { name: "poll" });
    await flows.add({
      name: "parent",
      queueName: queue.name,
      children: [
        { name: "child", queueName: "billing", data: {} },
        { name: "child", queueName: "emails", data: {}, opts: { delay: 5_000 } },
      ],
    });
  }
  await queues[1]?.pause();
  await flows.close();
  return queues;
}

describe.skipIf(withoutRedis)("a mixed workload", () => {
  it("is told as BullMQ tells it: counts, pages, states, schedules", async () => {
    await using world = await createWorld();
    const queues = await mixedWorkload(world);
    await using engine = createBullmqEngine({ url: world.server.url, prefix: PREFIX });
    const snapshot = await engine.snapshot();
    expect(snapshot.queues.map(({ name }) => name)).toEqual(["billing", "emails", "reports"]);
    for (const queue of queues) {
      const told = snapshot.queues.find(({ name }) => name === queue.name);
      const counts = await queue.getJobCounts();
      expect(told?.counts).toEqual({
        waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
        active: counts.active,
        delayed: counts.delayed,
        blocked: counts["waiting-children"],
        completed: counts.completed,
        failed: counts.failed,
      });
      expect(told?.paused).toBe(await queue.isPaused());
      for (const state of Object.keys(STATES) as JobState[]) await comparePages(queue, state);
      const schedules = await engine.schedules(queue.name);
      const theirs = await queue.getJobSchedulers(0, -1, true);
      expect(
        schedules.map(({ id, task, nextRunAt, pattern, everyMs, timezone, limit }) => ({
          id,
          task,
          nextRunAt,
          pattern,
          everyMs,
          timezone,
          limit,
        })),
      ).toEqual(
        theirs.map(({ key, name, next, pattern, every, tz, limit }) => ({
          id: key,
          task: name,
          nextRunAt: next,
          pattern: pattern ?? null,
          everyMs: every ?? null,
          timezone: tz ?? null,
          limit: limit ?? null,
        })),
      );
    }

    async function comparePages(queue: Queue, state: JobState): Promise<void> {
      const seen: string[] = [];
      for (let offset = 0; ; offset += 17) {
        const { rows, total } = await engine.listJobs(queue.name, state, {
          order: "oldest",
          offset,
          limit: 17,
        });
        seen.push(...rows.map(({ id }) => id));
        for (const row of rows.slice(0, 3)) {
          const job = await queue.getJob(row.id);
          const theirs = await job?.getState();
          expect(STATES[state].map((name) => (name === "wait" ? "waiting" : name))).toContain(theirs);
          expect([row.task, row.attemptsMade, row.createdAt, row.priority]).toEqual([
            job?.name,
            job?.attemptsMade,
            job?.timestamp,
            job?.priority ?? 0,
          ]);
          expect(row.finishedAt).toBe(job?.finishedOn ?? null);
        }
        if (seen.length >= total) break;
      }
      const theirs: (string | undefined)[] = [];
      for (const type of STATES[state])
        theirs.push(...(await queue.getJobs([type], 0, -1, true)).map(({ id }) => id));
      expect(seen).toEqual(theirs);
    }
  });
});
