import { setTimeout as sleep } from "node:timers/promises";
import type { EngineError, QueueEngine } from "@spillway/engine";
import { type RedisServer, startRedisCluster, startSentinelGroup } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const JOBS = 200;
const HEALS_MS = 5_000;

describe.skipIf(withoutRedis)("another Redis takes over", () => {
  it("is followed as the sentinels say, and no job is lost or doubled", async () => {
    await using group = await startSentinelGroup();
    const { primary, replica, sentinel, name } = group;
    await seed(primary, "bull");
    const url = `redis+sentinel://127.0.0.1:${sentinel.port}/${name}`;
    await using engine = createBullmqEngine({ url });
    expect(engine.info.name).toBe(`Redis shop/0 by sentinels at 127.0.0.1:${sentinel.port}`);
    await answers(engine);
    await replicated(primary);
    const told = await retryWhile(engine, () => primary.process.kill("SIGKILL"));
    await expectConserved(replica, "bull", told, "at most");
  });

  it("is followed where a slot of a cluster has gone", async () => {
    await using cluster = await startRedisCluster();
    const [first, second, replica] = cluster.nodes;
    await seed(first, "{bull}");
    const url = `redis+cluster://127.0.0.1:${second.port}`;
    await using engine = createBullmqEngine({ url, prefix: "{bull}" });
    await answers(engine);
    const scanned: string[] = [];
    for await (const { rows } of engine.scan("shop", { states: ["failed"], fields: ["payload"] }))
      scanned.push(...rows.map(({ id }) => id));
    expect(new Set(scanned).size).toBe(JOBS);
    const told = await retryWhile(engine, () => void cluster.failOver());
    await expectConserved(replica, "{bull}", told, "exactly");
  });

  it("is refused in a cluster that would scatter the keys of a queue", () => {
    expect(() => createBullmqEngine({ url: "redis+cluster://127.0.0.1:1", prefix: "bull" })).toThrow(
      /\{bull\}/,
    );
  });
});

async function seed(server: RedisServer, prefix: string): Promise<void> {
  await onRedis(server, async (redis) => {
    const pipeline = redis.pipeline().hset(`${prefix}:shop:meta`, "version", "bullmq:6.7.0");
    for (let i = 1; i <= JOBS; i++) {
      const fields = {
        name: "charge",
        data: "{}",
        opts: "{}",
        timestamp: i,
        finishedOn: i,
        failedReason: "no",
        ats: 1,
        atm: 1,
      };
      pipeline.hset(`${prefix}:shop:${i}`, fields).zadd(`${prefix}:shop:failed`, i, `${i}`);
    }
    await pipeline.exec();
  });
}

async function onRedis(server: RedisServer, use: (redis: Redis) => Promise<void>): Promise<void> {
  const redis = new Redis(server.port, "127.0.0.1");
  redis.on("error", () => {});
  try {
    await use(redis);
  } finally {
    redis.disconnect();
  }
}

const answers = (engine: QueueEngine) =>
  until(
    () =>
      engine.snapshot().then(
        ({ queues }) => queues.length === 1,
        () => false,
      ),
    "the engine sees the queue",
  );

const replicated = (server: RedisServer) =>
  onRedis(server, async (redis) => {
    await redis.wait(1, 5_000);
  });

/** Retries one job after the other while another Redis takes over; what each was told. */
async function retryWhile(engine: QueueEngine, takeOver: () => void): Promise<Map<string, string>> {
  const told = new Map<string, string>();
  let from = Number.NaN;
  for (let i = 1; i <= JOBS; i++) {
    if (i === JOBS / 4) {
      takeOver();
      from = performance.now();
    }
    for (;;) {
      const outcome = await engine.retryJob("shop", String(i)).then(
        () => "done",
        (error: EngineError) => error.code,
      );
      told.set(String(i), outcome);
      // What was not done is tried again by hand; what may have been is not.
      if (outcome !== "unavailable") break;
      if (performance.now() - from > 6 * HEALS_MS) throw new Error("It did not heal.");
      await sleep(20);
    }
  }
  return told;
}

/**
 * Each job is there once. What was told as done is done; where the old primary died with what it had not handed on, it may be
 * failed again.
 */
async function expectConserved(
  server: RedisServer,
  prefix: string,
  told: ReadonlyMap<string, string>,
  how: "exactly" | "at most",
): Promise<void> {
  await onRedis(server, async (redis) => {
    const waiting = await redis.lrange(`${prefix}:shop:wait`, "0", "-1");
    const failed = await redis.zrange(`${prefix}:shop:failed`, "0", "-1");
    expect([...waiting, ...failed].map(Number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: JOBS }, (_, i) => i + 1),
    );
    const done = [...told].filter(([, outcome]) => outcome === "done").map(([id]) => id);
    const unsure = [...told].filter(([, outcome]) => outcome === "outcome_unknown").map(([id]) => id);
    expect(done.length + unsure.length).toBe(JOBS);
    const lost = done.filter((id) => !waiting.includes(id));
    expect(lost.length).toBeLessThanOrEqual(how === "exactly" ? 0 : JOBS / 4);
  });
}
