import type { Clock } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { createWorld, refusalOf, until, withoutRedis } from "../test/world.ts";
import { systemClock } from "./clock.ts";
import { SHORTEST_PAUSE_MS } from "./discovery.ts";
import { createBullmqEngine } from "./engine.ts";
import { jobOfKey, metaPattern, queueOfMetaKey } from "./keys.ts";

describe("keys", () => {
  it("tell queues from jobs that are called meta, whatever the prefix", () => {
    expect(metaPattern("a*[b]?\\")).toBe("a\\*\\[b\\]\\?\\\\:*:meta");
    expect(queueOfMetaKey("{x}:y", "{x}:y:billing:meta")).toBe("billing");
    expect(queueOfMetaKey("bull", "bull:billing:run:meta")).toBeNull();
    expect(jobOfKey("a:b", "a:b:billing:run:1:2")).toEqual({ queue: "billing", id: "run:1:2" });
    expect(jobOfKey("a:b", "a:c:billing:1")).toBeNull();
  });
});

describe.skipIf(withoutRedis)("finding queues", () => {
  it("finds new ones, drops those that are gone, and keeps to its prefix", async () => {
    await using world = await createWorld();
    await world.queue("billing").add("charge", {});
    await world.queue("elsewhere", "other").add("charge", {});
    await world.queue("billing").add("odd", {}, { jobId: "meta-like" });
    await using engine = createBullmqEngine({ url: world.server.url });
    const names = async () => (await engine.snapshot()).queues.map(({ name }) => name);
    expect(await names()).toEqual(["billing"]);
    const emails = world.queue("emails");
    await emails.add("send", {});
    await until(async () => (await names()).length === 2, "the new one is found");
    expect(await engine.findJob("1")).toMatchObject({ rows: [{}, {}], queues: 2, complete: true });
    await emails.obliterate({ force: true });
    expect(await names()).toEqual(["billing"]);
    expect(await refusalOf(engine.queue("emails"))).toMatchObject({ code: "queue_not_found" });
    for (const odd of ["", "billing:meta", "*", "elsewhere"]) {
      expect(await refusalOf(engine.queue(odd))).toMatchObject({ code: "queue_not_found" });
    }
  });

  it("finds a queue by its workers, though the next walk is far", async () => {
    await using world = await createWorld();
    await world.queue("billing").add("charge", {});
    const clock: Clock = {
      now: () => systemClock.now(),
      after: (ms, run) => (ms === SHORTEST_PAUSE_MS ? () => {} : systemClock.after(ms, run)),
    };
    await using engine = createBullmqEngine({ url: world.server.url, clock });
    const names = async () => (await engine.snapshot()).queues.map(({ name }) => name);
    expect(await names()).toEqual(["billing"]);
    await world.queue("emails").add("send", {});
    await world.worker("emails", async () => {});
    await until(async () => (await names()).includes("emails"), "the one with a worker is found");
    // Nobody made a queue of this name, and nobody's connection makes it one.
    await world.redis.call("CLIENT", "SETNAME", `bull:${Buffer.from("nowhere").toString("base64")}`);
    for (let i = 0; i < 3; i++) expect(await names()).toEqual(["billing", "emails"]);
  });

  it("knows a queue by name before it was found", async () => {
    await using world = await createWorld();
    await using engine = createBullmqEngine({ url: world.server.url });
    expect((await engine.snapshot()).queues).toEqual([]);
    await world.queue("billing").add("charge", {});
    expect((await engine.queue("billing")).counts.waiting).toBe(1);
    expect((await engine.snapshot()).queues).toHaveLength(1);
  });

  it("looks for a job where it can while not all queues are found, and says so", async () => {
    await using world = await createWorld();
    for (const name of ["billing", "emails"]) await world.queue(name).add("task", {}, { jobId: "lost" });
    await world.redis.call("ACL", "SETUSER", "blind", "on", ">pw", "~*", "&*", "+@all", "-scan");
    await using engine = createBullmqEngine({ url: `redis://blind:pw@127.0.0.1:${world.server.port}` });
    expect(await refusalOf(engine.findJob("lost"))).toMatchObject({ code: "unavailable" });
    await engine.queue("billing");
    expect(await engine.findJob("lost")).toMatchObject({
      rows: [{ queue: "billing", id: "lost" }],
      queues: 1,
      complete: false,
    });
  });

  it("shows the queues it was told, and no others", async () => {
    await using world = await createWorld();
    for (const name of ["billing", "emails"]) await world.queue(name).add("task", {});
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["emails", "not-yet"] });
    const { queues } = await engine.snapshot();
    expect(queues.map(({ name, counts }) => [name, counts.waiting])).toEqual([
      ["emails", 1],
      ["not-yet", 0],
    ]);
    expect(await refusalOf(engine.queue("billing"))).toMatchObject({ code: "queue_not_found" });
  });
});
