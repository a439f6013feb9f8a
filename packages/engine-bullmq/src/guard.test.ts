import { createHash } from "node:crypto";
import type { QueueEngine } from "@spillway/engine";
import { pause } from "bullmq/dist/cjs/scripts/pause-7.js";
import { promote } from "bullmq/dist/cjs/scripts/promote-9.js";
import { releaseParentIfNoPendingDependencies } from "bullmq/dist/cjs/scripts/releaseParentIfNoPendingDependencies-2.js";
import { removeJob } from "bullmq/dist/cjs/scripts/removeJob-2.js";
import { removeJobScheduler } from "bullmq/dist/cjs/scripts/removeJobScheduler-3.js";
import { reprocessJob } from "bullmq/dist/cjs/scripts/reprocessJob-9.js";
import { describe, expect, it } from "vitest";
import { startReplyDropper } from "../test/reply-dropper.ts";
import { createWorld, refusalOf, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";
import { CANCEL_JOB } from "./scripts/cancel-job.ts";
import { GUARDED_PROMOTE, GUARDED_REMOVE, GUARDED_RETRY } from "./scripts/guarded.ts";
import { SET_PAUSED } from "./scripts/set-paused.ts";

describe("BullMQ's own Lua", () => {
  it("is the text that the guards were made for", () => {
    const scripts = [
      reprocessJob,
      removeJob,
      promote,
      pause,
      removeJobScheduler,
      releaseParentIfNoPendingDependencies,
    ];
    const hashes = scripts.map(({ name, keys, content }) => [
      name,
      keys,
      createHash("sha256").update(content).digest("hex").slice(0, 16),
    ]);
    expect(hashes).toMatchInlineSnapshot(`
      [
        [
          "reprocessJob",
          9,
          "4ea1093385a87676",
        ],
        [
          "removeJob",
          2,
          "f2acb16fda20ccac",
        ],
        [
          "promote",
          9,
          "06c562bf39eaaa21",
        ],
        [
          "pause",
          7,
          "da797a84855a762e",
        ],
        [
          "removeJobScheduler",
          3,
          "98c40c2f329d9bad",
        ],
        [
          "releaseParentIfNoPendingDependencies",
          2,
          "a7f55f8eafeb764e",
        ],
      ]
    `);
  });
});

describe.skipIf(withoutRedis)("expecting a version", () => {
  it("of 40 operators who retry one failure at once, one does", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    let runs = 0;
    await world.worker("billing", async () => {
      runs += 1;
      throw new Error("declined");
    });
    const { id = "" } = await queue.add("charge", {}, { attempts: 1 });
    await using engine = createBullmqEngine({ url: world.server.url });
    await until(async () => (await engine.job("billing", id))?.state === "failed", "the job fails");
    const seen = await engine.job("billing", id);
    const attempts = Array.from({ length: 40 }, () =>
      engine.retryJob("billing", id, { expectVersion: seen?.version ?? "" }),
    );
    const settled = await Promise.allSettled(attempts);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await until(
      async () => runs === 2 && (await engine.job("billing", id))?.state === "failed",
      "it fails again",
    );
    expect(
      await refusalOf(engine.retryJob("billing", id, { expectVersion: seen?.version ?? "" })),
    ).toMatchObject({
      code: "conflict",
      current: { state: "failed" },
    });
    expect(runs).toBe(2);
  });

  it("beside fast-failing workers no job is retried twice", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const runs = new Map<string, number>();
    await world.worker(
      "billing",
      async (job) => {
        runs.set(job.id ?? "", (runs.get(job.id ?? "") ?? 0) + 1);
        throw new Error("declined");
      },
      { concurrency: 20 },
    );
    await queue.addBulk(Array.from({ length: 500 }, () => ({ name: "charge", data: {} })));
    await using engine = createBullmqEngine({ url: world.server.url });
    await until(async () => (await engine.queue("billing")).counts.failed === 500, "all fail");
    const versions = new Map<string, string>();
    for (let offset = 0; offset < 500; offset += 100) {
      const { rows } = await engine.listJobs("billing", "failed", { offset, limit: 100 });
      for (const row of rows) versions.set(row.id, row.version);
    }
    const twice = [...versions, ...versions];
    const settled = await Promise.allSettled(
      twice.map(([id, expectVersion]) => engine.retryJob("billing", id, { expectVersion })),
    );
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(500);
    await until(async () => (await engine.queue("billing")).counts.failed === 500, "all fail again");
    expect([...runs.values()].every((count) => count === 2)).toBe(true);
  });

  it("holds for remove, promote and cancel too", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await using engine = createBullmqEngine({ url: world.server.url });
    await queue.add("charge", {}, { jobId: "a", delay: 60_000 });
    const before = (await engine.job("billing", "a"))?.version ?? "";
    await engine.promoteJob("billing", "a", { expectVersion: before });
    const old = { expectVersion: before };
    for (const call of [
      engine.promoteJob("billing", "a", old),
      engine.cancelJob("billing", "a", old),
      engine.removeJob("billing", "a", old),
    ]) {
      expect(await refusalOf(call)).toMatchObject({ code: "conflict", current: { state: "waiting" } });
    }
    const now = (await engine.job("billing", "a"))?.version ?? "";
    const cancelled = await engine.cancelJob("billing", "a", { expectVersion: now });
    expect(cancelled).toMatchObject({ state: "failed", stopped: true });
    expect((await engine.job("billing", "a"))?.version).toBe(cancelled.version);
    expect((await engine.job("billing", "a"))?.error).toMatchObject({ name: "Cancelled" });
  });
});

describe.skipIf(withoutRedis)("a reply that is lost", () => {
  it("leaves one effect and an unknown outcome, whatever the write", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    let runs = 0;
    const worker = await world.worker("billing", async () => {
      runs += 1;
      throw new Error("declined");
    });
    const { id = "" } = await queue.add("charge", {}, { attempts: 1 });
    await using proxy = await startReplyDropper(world.server.port);
    await using engine = createBullmqEngine({ url: `redis://127.0.0.1:${proxy.port}`, queues: ["billing"] });
    await until(async () => (await engine.job("billing", id))?.state === "failed", "the job fails");
    // Once without harm, so that the script is known to Redis and its hash is what is sent.
    expect(await refusalOf(engine.retryJob("billing", "never"))).toMatchObject({ code: "job_not_found" });
    for (let round = 1; round <= 5; round += 1) {
      proxy.dropReplyTo(GUARDED_RETRY.sha);
      expect(await refusalOf(engine.retryJob("billing", id))).toMatchObject({ code: "outcome_unknown" });
      expect(proxy.dropped()).toBe(round);
      await until(
        () =>
          engine.ping().then(
            () => true,
            () => false,
          ),
        "the engine is connected again",
      );
      await until(async () => (await engine.job("billing", id))?.state === "failed", "it fails again");
      expect(runs).toBe(1 + round);
    }
    await worker.close();
  });

  it("leaves one effect of every other write too", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    for (const jobId of ["a", "b", "c"]) await queue.add("charge", {}, { jobId, delay: 60_000 });
    await queue.upsertJobScheduler("nightly", { pattern: "0 3 * * *" }, { name: "close" });
    await using direct = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    // Redis knows the scripts from here on, so that their hash is what is sent.
    for (const write of ["promoteJob", "cancelJob", "removeJob"] as const) {
      expect(await refusalOf(direct[write]("billing", "never"))).toMatchObject({ code: "job_not_found" });
    }
    await direct.pauseQueue("billing");
    await using proxy = await startReplyDropper(world.server.port);
    await using engine = createBullmqEngine({ url: `redis://127.0.0.1:${proxy.port}`, queues: ["billing"] });
    const lose = async (sent: string, write: () => Promise<unknown>) => {
      await until(() => connected(engine), "the engine is connected");
      proxy.dropReplyTo(sent);
      const before = proxy.dropped();
      expect(await refusalOf(write())).toMatchObject({ code: "outcome_unknown" });
      expect(proxy.dropped()).toBe(before + 1);
      await until(() => connected(engine), "the engine is connected again");
    };
    await lose(GUARDED_PROMOTE.sha, () => engine.promoteJob("billing", "a"));
    await lose(CANCEL_JOB.sha, () => engine.cancelJob("billing", "b"));
    await lose(GUARDED_REMOVE.sha, () => engine.removeJob("billing", "c"));
    await lose("run-now", () => engine.runSchedule("billing", "nightly"));
    await lose(SET_PAUSED.sha, () => engine.resumeQueue("billing"));
    expect((await direct.queue("billing")).counts).toMatchObject({ waiting: 2, delayed: 1, failed: 1 });
    expect(await queue.isPaused()).toBe(false);
    const told = await world.redis.xrange("bull:billing:events", "-", "+");
    expect(told.filter(([, fields]) => fields.includes("removed"))).toHaveLength(1);
    expect(told.filter(([, fields]) => fields.includes("resumed"))).toHaveLength(1);
  });
});

describe.skipIf(withoutRedis)("connections cut at random", () => {
  it("what was told as done was done once, as unavailable not at all, as unknown at most once", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const runs = new Map<string, number>();
    await world.worker(
      "billing",
      async (job) => {
        runs.set(job.id ?? "", (runs.get(job.id ?? "") ?? 0) + 1);
        throw new Error("declined");
      },
      { concurrency: 10 },
    );
    await queue.addBulk(Array.from({ length: 400 }, () => ({ name: "charge", data: {} })));
    // A name of its own: a worker that is cut while it ends a job runs that job again by itself.
    await world.redis.call("ACL", "SETUSER", "console", "on", ">pw", "~*", "&*", "+@all");
    const url = `redis://console:pw@127.0.0.1:${world.server.port}`;
    await using engine = createBullmqEngine({ url, queues: ["billing"] });
    await until(async () => (await engine.queue("billing")).counts.failed === 400, "all fail");
    const told = new Map<string, string>();
    for (let id = 1; id <= 400; id += 1) {
      if (id % 10 === 0) void world.redis.call("CLIENT", "KILL", "USER", "console").catch(() => {});
      const outcome = await engine.retryJob("billing", String(id)).then(
        () => "done",
        (error: { code: string }) => error.code,
      );
      told.set(String(id), outcome);
    }
    const settled = async () => (await queue.getJobCounts("wait", "active", "failed")).failed === 400;
    await until(() => settled().catch(() => false), "all have failed again", 12_000);
    const kinds = Map.groupBy(told, ([, outcome]) => outcome);
    expect([...kinds.keys()].toSorted()).toEqual(expect.arrayContaining(["done"]));
    for (const [id, outcome] of told) {
      const again = (runs.get(id) ?? 0) - 1;
      if (outcome === "done") expect(again).toBe(1);
      else if (outcome === "unavailable") expect(again).toBe(0);
      else expect([outcome, again <= 1]).toEqual(["outcome_unknown", true]);
    }
    expect(told.size - (kinds.get("done")?.length ?? 0)).toBeGreaterThan(0);
  });
});

function connected(engine: QueueEngine): Promise<boolean> {
  return engine.ping().then(
    () => true,
    () => false,
  );
}
