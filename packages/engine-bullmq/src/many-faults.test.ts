import type { JobTarget, ManyAction, ManyOptions, QueueEngine } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { type ReplyDropper, startReplyDropper } from "../test/reply-dropper.ts";
import { inChunks, tally, targetsIn } from "../test/targets.ts";
import { startWorker } from "../test/worker-processes.ts";
import { createWorld, refusalOf, until, type World, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";
import type { Script } from "./run-script.ts";
import { CANCEL_PROGRESS } from "./scripts/cancel-request.ts";
import {
  CANCEL_MANY,
  HOLD_MANY,
  NOTE_OUTCOMES,
  PROMOTE_MANY,
  REMOVE_MANY,
  RETRY_MANY,
} from "./scripts/many.ts";

const hold = { id: "aside", until: 1_900_000_000_000 };

const isUp = (engine: QueueEngine) =>
  engine.ping().then(
    () => true,
    () => false,
  );

/** An engine behind a proxy that loses replies, and one beside it. */
async function createScene(world: World) {
  await world.queue("billing").waitUntilReady();
  const stack = new AsyncDisposableStack();
  const proxy = stack.use(await startReplyDropper(world.server.port));
  const options = { queues: ["billing"] };
  const engine = stack.use(createBullmqEngine({ ...options, url: `redis://127.0.0.1:${proxy.port}` }));
  const beside = stack.use(createBullmqEngine({ ...options, url: world.server.url }));
  return { proxy, engine, beside, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** Makes Redis know a script, so that its hash is what is sent, and then loses the reply to it. */
async function loseReply<T>(
  { proxy, engine }: { proxy: ReplyDropper; engine: QueueEngine },
  world: World,
  script: Script,
  call: () => Promise<T>,
): Promise<void> {
  await world.redis.script("LOAD", script.lua);
  await until(() => isUp(engine), "the engine is connected");
  const before = proxy.dropped();
  proxy.dropReplyTo(script.sha);
  expect(await refusalOf(call())).toMatchObject({ code: "outcome_unknown" });
  expect(proxy.dropped()).toBe(before + 1);
  await until(() => isUp(engine), "the engine is connected again");
}

/** Runs all jobs of the queue until they have failed. */
async function failAll(world: World, count: number): Promise<void> {
  const worker = await world.worker("billing", () => Promise.reject(new Error("declined")), {
    concurrency: 20,
  });
  const failed = () => world.queue("billing").getFailedCount();
  await until(async () => (await failed()) === count, "all have failed");
  await worker.close();
}

describe.skipIf(withoutRedis)("a lost reply to a call on many jobs", () => {
  const cases: readonly [string, ManyAction, Script, number, Partial<ManyOptions>][] = [
    ["retry", "retry", RETRY_MANY, 0, {}],
    ["retry with all attempts", "retry", RETRY_MANY, 0, { resetAttempts: true }],
    ["cancel", "cancel", CANCEL_MANY, 60_000, {}],
    ["remove", "remove", REMOVE_MANY, 0, {}],
    ["hold", "remove", HOLD_MANY, 60_000, { hold }],
    ["promote", "promote", PROMOTE_MANY, 60_000, {}],
  ];
  it.each(cases)(
    "%s: the outcome is unknown, the receipt tells it, and there is one effect",
    async (...given) => {
      const [, action, script, delay, options] = given;
      await using world = await createWorld();
      await using scene = await createScene(world);
      const jobs = Array.from({ length: 120 }, (_, i) => ({
        name: "x",
        data: {},
        opts: { jobId: `j${i}`, delay },
      }));
      await world.queue("billing").addBulk(jobs);
      if (delay === 0) await failAll(world, jobs.length);
      const state = delay === 0 ? "failed" : "delayed";
      const seen = await targetsIn(scene.beside, "billing", state);
      const targets: JobTarget[] = [...seen, { id: "never" }];
      const ask = (engine: QueueEngine, receipt: string) =>
        engine.actOnJobs("billing", action, targets, { ...options, receipt });
      const [last] = await world.redis.xrevrange("bull:billing:events", "+", "-", "COUNT", 1);
      await loseReply(scene, world, script, () => ask(scene.engine, "lost"));
      const told = await ask(scene.engine, "lost");
      expect(tally(told)).toEqual({ done: 120, gone: 1 });
      expect(await ask(scene.beside, "lost")).toEqual(told);
      const events = await world.redis.xrange("bull:billing:events", `(${last?.[0]}`, "+");
      const named = events.map(([, fields]) => fields[fields.indexOf("jobId") + 1] ?? "");
      expect(named.toSorted()).toEqual(options.hold ? [] : seen.map(({ id }) => id).toSorted());
      const rows = await scene.beside.jobsById(
        "billing",
        seen.map(({ id }) => id),
      );
      expect(rows.map(({ id, version }) => [id, version])).toEqual(
        told.filter(({ version }) => version !== null).map(({ id, version }) => [id, version]),
      );
      expect(tally(await ask(scene.beside, "another"))).toEqual(
        action === "remove" ? { gone: 121 } : { conflict: 120, gone: 1 },
      );
      expect(await world.redis.pttl("bull:billing:spillway:receipt:lost")).toBeGreaterThan(86_000_000);
    },
  );

  it.each([
    ["while the workers are followed", CANCEL_PROGRESS],
    ["when it is noted", NOTE_OUTCOMES],
  ])("cancelling running jobs, lost %s, is told by the receipt", async (_, script) => {
    await using world = await createWorld();
    await using scene = await createScene(world);
    await using worker = await startWorker({
      port: world.server.port,
      queue: "billing",
      name: "alpha",
      agent: true,
      concurrency: 5,
    });
    await until(
      async () => (await scene.beside.snapshot()).workers?.[0]?.source === "agent",
      "the agent is seen",
    );
    const ids = ["a", "b", "c", "d"];
    for (const jobId of ids) await world.queue("billing").add("obedient", {}, { jobId, attempts: 3 });
    await world.queue("billing").add("stubborn", { ms: 9_000 }, { jobId: "deep", attempts: 3 });
    await world.queue("billing").add("later", {}, { jobId: "later", delay: 60_000 });
    for (const id of [...ids, "deep"]) await worker.heard("started", id);
    const all = [...ids, "deep", "later"];
    const versions = new Map(
      (await scene.beside.jobsById("billing", all)).map(({ id, version }) => [id, version]),
    );
    const targets = all.map((id) => ({ id, expectVersion: versions.get(id) ?? "" }));
    const ask = () => scene.engine.actOnJobs("billing", "cancel", targets, { receipt: "lost" });
    await loseReply(scene, world, script, ask);
    await until(
      async () => (await scene.beside.queue("billing")).counts.failed === ids.length + 1,
      "those that heed it end",
    );
    const told = await ask();
    expect(told.map(({ id, outcome, state }) => [id, outcome, state])).toEqual([
      ...ids.map((id) => [id, "done", "failed"]),
      ["deep", "refused", "active"],
      ["later", "done", "failed"],
    ]);
    expect(await ask()).toEqual(told);
    for (const id of all.slice(0, 5)) expect(worker.starts(id)).toBe(1);
  });

  it("has one effect if Redis executes both, late", async () => {
    await using world = await createWorld();
    await using scene = await createScene(world);
    await world.queue("billing").addBulk(Array.from({ length: 5 }, () => ({ name: "x", data: {} })));
    await failAll(world, 5);
    const targets = (await targetsIn(scene.beside, "billing", "failed")).map(({ id }) => ({ id }));
    const ask = () => scene.beside.actOnJobs("billing", "retry", targets, { receipt: "late" });
    await world.redis.call("CLIENT", "PAUSE", "5500", "WRITE");
    expect(await refusalOf(ask())).toMatchObject({ code: "outcome_unknown" });
    const again = await ask();
    expect(tally(again)).toEqual({ done: 5 });
    expect(await world.redis.lrange("bull:billing:wait", 0, -1)).toHaveLength(5);
    await failAll(world, 5);
    expect(await ask()).toEqual(again);
    expect(await world.queue("billing").getFailedCount()).toBe(5);
  });

  it("has no effect where Redis takes no writes, and all of it where Redis has no memory to give", async () => {
    await using world = await createWorld();
    await using scene = await createScene(world);
    const { redis } = world;
    const { beside } = scene;
    const queue = world.queue("billing");
    await queue.addBulk(
      Array.from({ length: 9 }, (_, i) => ({ name: "x", data: {}, opts: { jobId: `j${i}` } })),
    );
    const targets = await targetsIn(beside, "billing", "waiting");
    const ask = (receipt: string, options: Partial<ManyOptions> = {}) =>
      beside.actOnJobs("billing", "remove", targets.slice(0, 3), { receipt, ...options });
    await redis.replicaof("127.0.0.1", 1);
    expect(await refusalOf(ask("r"))).toMatchObject({ code: "unavailable", reason: "readonly" });
    await redis.replicaof("NO", "ONE");
    expect(await queue.getWaitingCount()).toBe(9);
    await redis.config("SET", "maxmemory", "1");
    expect(tally(await ask("r"))).toEqual({ done: 3 });
    await beside.holdWaiting("billing", hold, { includeDelayed: true });
    expect(await beside.releaseHeld("billing", hold.id, 3)).toEqual({ moved: 3, left: 3 });
    expect(await beside.purgeHeld("billing", hold.id, 3)).toEqual({ moved: 3, left: 0 });
    await redis.config("SET", "maxmemory", "0");
    expect(await queue.getWaitingCount()).toBe(3);
  });
});

describe.skipIf(withoutRedis)("many jobs beside others", () => {
  it("of 5,000 that three worker processes fail at once, none is retried twice", {
    timeout: 120_000,
  }, async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await queue.waitUntilReady();
    await using engine = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    await using stack = new AsyncDisposableStack();
    for (const name of ["alpha", "beta", "gamma"])
      stack.use(
        await startWorker({ port: world.server.port, queue: "billing", name, agent: false, concurrency: 10 }),
      );
    for (const part of inChunks(
      Array.from({ length: 5_000 }, () => ({ name: "fails", data: {} })),
      1_000,
    ))
      await queue.addBulk(part);
    const allFailed = async () => (await engine.queue("billing")).counts.failed === 5_000;
    await until(allFailed, "all have failed", 40_000);
    const targets = await targetsIn(engine, "billing", "failed");
    // Two operators with the same list, each chunk twice by its receipt.
    const chunks = inChunks(targets).flatMap((part, i) =>
      ["one", "one", "other"].map((who) => ({ part, receipt: `${who}:${i}` })),
    );
    const done = new Map<string, number>();
    for (const four of inChunks(chunks, 4)) {
      const asked = four.map(({ part, receipt }) => engine.actOnJobs("billing", "retry", part, { receipt }));
      for (const [i, results] of (await Promise.all(asked)).entries())
        done.set(four[i]?.receipt ?? "", tally(results).done ?? 0);
    }
    expect([...done.values()].reduce((sum, count) => sum + count, 0)).toBe(5_000);
    await until(allFailed, "all have failed again", 40_000);
    const attempts = new Map<number, number>();
    for (const part of inChunks(targets)) {
      const rows = await engine.jobsById(
        "billing",
        part.map(({ id }) => id),
      );
      for (const row of rows) attempts.set(row.attemptsMade, (attempts.get(row.attemptsMade) ?? 0) + 1);
    }
    expect([...attempts]).toEqual([[2, 5_000]]);
  });

  it("of 1,000 races of two engines for one job, each has one winner, and the loser is told", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await queue.addBulk(Array.from({ length: 1_000 }, () => ({ name: "x", data: {} })));
    await failAll(world, 1_000);
    await using one = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    await using other = createBullmqEngine({ url: world.server.url, queues: ["billing"] });
    let [effects, told] = [0, 0];
    for (const [i, target] of (await targetsIn(one, "billing", "failed")).entries()) {
      const expect_ = { expectVersion: target.expectVersion ?? "" };
      const race = await Promise.allSettled([
        one.actOnJobs("billing", "retry", [target], { receipt: `one:${i}` }).then(([result]) => result),
        i % 2 === 0
          ? other
              .actOnJobs("billing", "retry", [target], { receipt: `other:${i}` })
              .then(([result]) => result)
          : other.retryJob("billing", target.id, expect_).then(() => ({ outcome: "done", state: "waiting" })),
      ]);
      for (const end of race) {
        if (end.status === "rejected") told += end.reason.current?.state === "waiting" ? 1 : 0;
        else if (end.value?.outcome === "done") effects += 1;
        else told += end.value?.state === "waiting" ? 1 : 0;
      }
    }
    expect([effects, told]).toEqual([1_000, 1_000]);
    const waiting = (await queue.getWaiting()).map(({ id }) => id);
    expect([waiting.length, new Set(waiting).size]).toEqual([1_000, 1_000]);
  });
});
