import { describe, expect, it } from "vitest";
import { createWorld, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

describe.skipIf(withoutRedis)("odd jobs", () => {
  it("shows broken jobs as rows that say so, beside the others", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    const ids = [
      "fine",
      "no-name",
      "no-time",
      "bad-opts",
      "list-opts",
      "no-hash",
      "a-string",
      "a-list",
      "bad-stack",
      "bad-data",
    ];
    for (const jobId of ids) await queue.add("charge", { jobId }, { jobId });
    const key = (id: string) => `bull:billing:${id}`;
    await world.redis.hdel(key("no-name"), "name");
    await world.redis.hset(key("no-time"), "timestamp", "yesterday");
    await world.redis.hset(key("bad-opts"), "opts", "{oops");
    await world.redis.hset(key("list-opts"), "opts", "[]");
    await world.redis.del(key("no-hash"), key("a-string"), key("a-list"));
    await world.redis.set(key("a-string"), "x");
    await world.redis.rpush(key("a-list"), "x");
    await world.redis.hset(key("bad-stack"), "stacktrace", '["Error: cut off in the mid');
    await world.redis.hset(key("bad-data"), "data", "not json at all");
    await using engine = createBullmqEngine({ url: world.server.url });
    const { rows, total } = await engine.listJobs("billing", "waiting", {
      offset: 0,
      limit: 50,
      order: "oldest",
    });
    expect(total).toBe(10);
    expect(Object.fromEntries(rows.map((row) => [row.id, row.flags]))).toEqual({
      fine: [],
      "no-name": ["unreadable"],
      "no-time": ["unreadable"],
      "bad-opts": ["unreadable"],
      "list-opts": ["unreadable"],
      "no-hash": ["unreadable"],
      "a-string": ["unreadable"],
      "a-list": ["unreadable"],
      "bad-stack": [],
      "bad-data": ["not_json"],
    });
    for (const id of ids) expect((await engine.job("billing", id))?.id).toBe(id);
    const scanned: string[] = [];
    const fields = ["task", "payload", "error", "times", "worker"] as const;
    for await (const batch of engine.scan("billing", { states: ["waiting"], fields })) {
      scanned.push(...batch.rows.map((row) => row.id));
    }
    expect(scanned).toEqual(ids.toReversed());
    expect((await engine.snapshot()).queues[0]?.counts.waiting).toBe(10);
    await engine.removeJob("billing", "no-hash");
    expect(await queue.getWaitingCount()).toBe(9);
  });

  it("a page of 20 jobs of 10 MB carries none of their payload", async () => {
    await using world = await createWorld();
    const queue = world.queue("reports");
    const huge = "x".repeat(10 * 1024 * 1024);
    for (let i = 0; i < 20; i += 1) await queue.add("export", { i });
    for (let i = 1; i <= 20; i += 1)
      await world.redis.hset(`bull:reports:${i}`, "data", `{"huge":"${huge}"}`);
    for (let i = 0; i < 30; i += 1) await queue.add("export", { small: i });
    await using engine = createBullmqEngine({ url: world.server.url });
    await engine.ping();
    const before = process.memoryUsage().rss;
    const { rows } = await engine.listJobs("reports", "waiting", { offset: 0, limit: 50 });
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
    expect(rows).toHaveLength(50);
    const flagged = rows.filter((row) => row.flags.includes("huge"));
    expect(flagged).toHaveLength(20);
    expect(flagged.every((row) => row.payloadHead === null && (row.payloadBytes ?? 0) > huge.length)).toBe(
      true,
    );
    const whole = await engine.job("reports", "1");
    expect(whole?.payloadTruncated).toBe(true);
    expect(whole?.payload?.length).toBe(1_048_576);
  });

  it("takes any id and queue name that BullMQ takes", async () => {
    await using world = await createWorld();
    const names = ["a b/c%d?e#f", "größe 🚀", "*[x]?", "..", "n".repeat(500)];
    await using engine = createBullmqEngine({ url: world.server.url, prefix: "app:*[1]" });
    for (const name of names) {
      const queue = world.queue(name, "app:*[1]");
      for (const id of names) await queue.add("task", {}, { jobId: id });
      const { rows, total } = await engine.listJobs(name, "waiting", {
        offset: 0,
        limit: 10,
        order: "oldest",
      });
      expect([total, rows.map((row) => row.id)]).toEqual([5, names]);
      expect((await engine.cancelJob(name, "..")).state).toBe("failed");
      expect((await engine.retryJob(name, "..")).state).toBe("waiting");
    }
    expect((await engine.snapshot()).queues.map((queue) => queue.name)).toEqual(names.toSorted());
    expect((await engine.findJob("größe 🚀")).rows).toHaveLength(5);
  });

  it("reads the last of many stacks, whole and from a list", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await queue.add("charge", {}, { jobId: "many" });
    const stacks = Array.from(
      { length: 200 },
      (_, i) =>
        `CardError: declined "${i}"\n    at charge (/app/billing.js:${i}:1)\n${"    at next (/app/x.js:1:1)\n".repeat(30)}`,
    );
    await world.redis.hset(
      "bull:billing:many",
      "stacktrace",
      JSON.stringify(stacks),
      "failedReason",
      'declined "199"',
      "atm",
      "200",
    );
    await using engine = createBullmqEngine({ url: world.server.url });
    const [row] = (await engine.listJobs("billing", "waiting", { offset: 0, limit: 1 })).rows;
    expect(row?.error).toMatchObject({ name: "CardError", message: 'declined "199"' });
    expect(row?.error?.stack).toContain("/app/billing.js:199:1");
    const job = await engine.job("billing", "many");
    expect(job?.attempts).toHaveLength(200);
    expect(job?.attempts[41]?.error?.message).toBe('declined "41"');
  });
});
