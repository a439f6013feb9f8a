import { createHash } from "node:crypto";
import { pause } from "bullmq/dist/cjs/scripts/pause-7.js";
import { promote } from "bullmq/dist/cjs/scripts/promote-9.js";
import { removeJob } from "bullmq/dist/cjs/scripts/removeJob-2.js";
import { removeJobScheduler } from "bullmq/dist/cjs/scripts/removeJobScheduler-3.js";
import { reprocessJob } from "bullmq/dist/cjs/scripts/reprocessJob-9.js";
import { describe, expect, it } from "vitest";
import { startReplyDropper } from "../test/reply-dropper.ts";
import { createWorld, refusalOf, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";
import { GUARDED_RETRY } from "./scripts/guarded.ts";

describe("BullMQ's own Lua", () => {
  it("is the text that the guards were made for", () => {
    const hashes = [reprocessJob, removeJob, promote, pause, removeJobScheduler].map(
      ({ name, keys, content }) => [
        name,
        keys,
        createHash("sha256").update(content).digest("hex").slice(0, 16),
      ],
    );
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
});
