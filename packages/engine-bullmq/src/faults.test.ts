import { freePort, startRedis } from "@spillway/testkit/node";
import { describe, expect, it } from "vitest";
import { createWorld, refusalOf, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

describe.skipIf(withoutRedis)("when Redis is in trouble", () => {
  it("can be created while Redis is down, says so at once, and heals by itself", async () => {
    const port = await freePort();
    await using engine = createBullmqEngine({ url: `redis://:hunter2@127.0.0.1:${port}/3` });
    expect(engine.info.name).toBe(`Redis at 127.0.0.1:${port}/3`);
    const began = performance.now();
    for (const call of [
      engine.ping(),
      engine.snapshot(),
      engine.pauseQueue("a"),
      engine.retryJob("a", "1"),
    ]) {
      expect(await refusalOf(call)).toMatchObject({ code: "unavailable", reason: "down" });
    }
    expect(performance.now() - began).toBeLessThan(2_000);
    await using server = await startRedis({ port, args: ["--requirepass", "hunter2"] });
    const up = performance.now();
    await until(
      () =>
        engine.ping().then(
          () => true,
          () => false,
        ),
      "the engine heals",
    );
    expect(performance.now() - up).toBeLessThan(3_000);
    await server.stop();
    await until(
      () =>
        engine.ping().then(
          () => false,
          () => true,
        ),
      "the engine notices",
    );
    expect(await refusalOf(engine.snapshot())).toMatchObject({ code: "unavailable", reason: "down" });
    await server.restart();
    await until(
      () =>
        engine.snapshot().then(
          () => true,
          () => false,
        ),
      "the engine heals again",
    );
  });

  it("tells wrong or missing credentials, without repeating them", async () => {
    await using server = await startRedis({ args: ["--requirepass", "hunter2"] });
    for (const userinfo of ["", ":wr0ng-secret@", "nobody:wr0ng-secret@"]) {
      await using engine = createBullmqEngine({ url: `redis://${userinfo}127.0.0.1:${server.port}` });
      const error = await refusalOf(engine.ping());
      expect(error).toMatchObject({ code: "unavailable", reason: "auth" });
      expect(error.message).not.toContain("wr0ng");
    }
  });

  it("tells a missing permission, and shows everything but workers where CLIENT LIST is denied", async () => {
    await using world = await createWorld();
    await world.queue("billing").add("charge", {});
    await world.redis.call("ACL", "SETUSER", "blind", "on", ">pw", "~*", "&*", "+@all", "-client|list");
    await world.redis.call(
      "ACL",
      "SETUSER",
      "reader",
      "on",
      ">pw",
      "~*",
      "&*",
      "+@all",
      "-@write",
      "-@scripting",
    );
    const at = `127.0.0.1:${world.server.port}`;
    await using blind = createBullmqEngine({ url: `redis://blind:pw@${at}` });
    const snapshot = await blind.snapshot();
    expect(snapshot.workers).toBeNull();
    expect(snapshot.workersUnknown).toMatch(/CLIENT LIST/);
    expect(snapshot.queues[0]?.counts.waiting).toBe(1);
    await using reader = createBullmqEngine({ url: `redis://reader:pw@${at}` });
    expect(await refusalOf(reader.pauseQueue("billing"))).toMatchObject({ reason: "permission" });
  });

  it("tells a read-only replica, a lost primary and exhausted memory", async () => {
    await using world = await createWorld();
    await world.queue("billing").add("charge", {});
    await using engine = createBullmqEngine({ url: world.server.url });
    await engine.snapshot();
    await world.redis.config("SET", "maxmemory", "1");
    expect(await refusalOf(engine.pauseQueue("billing"))).toMatchObject({
      code: "unavailable",
      reason: "oom",
    });
    await world.redis.config("SET", "maxmemory", "0");
    await world.redis.replicaof("127.0.0.1", await freePort());
    expect(await refusalOf(engine.pauseQueue("billing"))).toMatchObject({
      code: "unavailable",
      reason: "readonly",
    });
    await world.redis.config("SET", "replica-serve-stale-data", "no");
    await until(
      async () => (await refusalOf(engine.snapshot())).reason === "masterdown",
      "reads are refused for want of a primary",
    );
    await world.redis.replicaof("NO", "ONE");
    await until(
      () =>
        engine.pauseQueue("billing").then(
          () => true,
          () => false,
        ),
      "it heals after the failover",
      5_000,
    );
  });

  it("gives a read up after 1.5 s, and leaves the outcome of a write open", async () => {
    await using world = await createWorld();
    await world.queue("billing").add("charge", {});
    await using engine = createBullmqEngine({ url: world.server.url });
    await engine.snapshot();
    await world.redis.call("CLIENT", "PAUSE", "5200", "ALL");
    const began = performance.now();
    const read = refusalOf(engine.listJobs("billing", "waiting", { offset: 0, limit: 1 }));
    const named = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    expect(await read).toMatchObject({ code: "unavailable", reason: "timeout" });
    expect(performance.now() - began).toBeLessThan(1_900);
    await named[Symbol.asyncDispose]();
    await until(
      () =>
        engine.ping().then(
          () => true,
          () => false,
        ),
      "Redis answers again",
    );
  });

  it("lets nobody wait for a Redis that did not answer several times, and heals when it does", async () => {
    await using world = await createWorld();
    await world.queue("billing").add("charge", {});
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    await engine.snapshot();
    await world.redis.call("CLIENT", "PAUSE", "5200", "ALL");
    const look = () => engine.listJobs("billing", "waiting", { offset: 0, limit: 1 });
    const late = await Promise.all([look, look, look].map((one) => refusalOf(one())));
    expect(late.map(({ reason }) => reason)).toEqual(["timeout", "timeout", "timeout"]);
    const refused = await Promise.all(Array.from({ length: 100 }, () => refusalOf(look())));
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(["circuit_open"]));
    expect(await refusalOf(engine.snapshot())).toMatchObject({ reason: "timeout" });
    await until(
      () =>
        look().then(
          () => true,
          () => false,
        ),
      "it looks again",
    );
    expect((await look()).rows).toHaveLength(1);
  });

  it("a write that Redis is slow to answer has an unknown outcome, and may take effect", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await queue.add("charge", {});
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    await engine.snapshot();
    await world.redis.call("CLIENT", "PAUSE", "60000", "WRITE");
    expect(await refusalOf(engine.pauseQueue("billing"))).toMatchObject({ code: "outcome_unknown" });
    await world.redis.call("CLIENT", "UNPAUSE");
    await until(() => queue.isPaused(), "the pause takes effect after all");
  });
});
