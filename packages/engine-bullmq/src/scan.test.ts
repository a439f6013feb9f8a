import type { ScanOptions } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { createWorld, refusalOf, type World, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

/** Failed jobs, many of which finished in the same millisecond. */
async function seedFailed(world: World, count: number): Promise<string[]> {
  const pipeline = world.redis.pipeline().hset("bull:billing:meta", "version", "bullmq:6.7.0");
  const ids = Array.from({ length: count }, (_, i) => `job-${String(i).padStart(5, "0")}`);
  for (const [i, id] of ids.entries()) {
    const finishedOn = 1_700_000_000_000 + Math.floor(i / 700);
    pipeline.hset(`bull:billing:${id}`, {
      name: "charge",
      data: `{"i":${i}}`,
      opts: "{}",
      timestamp: 1,
      finishedOn,
      failedReason: "declined",
    });
    pipeline.zadd("bull:billing:failed", finishedOn, id);
  }
  await pipeline.exec();
  return ids;
}

describe.skipIf(withoutRedis)("walks", () => {
  it("neither repeat nor skip where hundreds share a score and the last one seen is removed", async () => {
    await using world = await createWorld();
    const ids = await seedFailed(world, 6_000);
    await using engine = createBullmqEngine({ url: world.server.url });
    for (const order of ["oldest", "newest"] as const) {
      const seen: string[] = [];
      const removed = new Set<string>();
      let options: ScanOptions | null = { states: ["failed"], fields: [], order };
      while (options !== null) {
        let cursor: string | null = null;
        for await (const batch of engine.scan("billing", options)) {
          seen.push(...batch.rows.map(({ id }) => id));
          cursor = batch.cursor;
          break;
        }
        const last = seen.at(-1) ?? "";
        await world.redis.zrem("bull:billing:failed", last);
        removed.add(last);
        options = cursor === null ? null : { states: ["failed"], fields: [], order, cursor };
      }
      expect(seen).toEqual(order === "oldest" ? ids : ids.toReversed());
      await seedFailed(world, 6_000);
      expect(removed.size).toBeGreaterThan(10);
    }
  });

  it("see each job that stays put once, while others come and go under the batches in flight", async () => {
    await using world = await createWorld();
    const ids = await seedFailed(world, 4_000);
    await using engine = createBullmqEngine({ url: world.server.url });
    const goes = ids.filter((_, i) => i % 13 === 0);
    const stays = new Set(ids.filter((_, i) => i % 13 !== 0));
    for (const order of ["oldest", "newest"] as const) {
      const seen: string[] = [];
      let step = 0;
      for await (const batch of engine.scan("billing", { states: ["failed"], fields: ["error"], order })) {
        seen.push(...batch.rows.map(({ id }) => id).filter((id) => stays.has(id)));
        const going = goes.filter((_, i) => i % 17 === step % 17);
        await world.redis.zrem("bull:billing:failed", ...going);
        await world.redis.zadd(
          "bull:billing:failed",
          1_700_000_000_003,
          `new-${order}-${step}`,
          1,
          `old-${order}-${step}`,
        );
        step += 1;
      }
      expect(seen).toEqual(order === "oldest" ? [...stays] : [...stays].toReversed());
      await seedFailed(world, 4_000);
    }
  });

  it("skip what the hints exclude, and still count it", async () => {
    await using world = await createWorld();
    await seedFailed(world, 3_000);
    await using engine = createBullmqEngine({ url: world.server.url });
    const walk = async (hints: Partial<ScanOptions>) => {
      let [rows, scanned, total] = [0, 0, 0];
      for await (const batch of engine.scan("billing", { states: ["failed"], fields: ["times"], ...hints })) {
        rows += batch.rows.length;
        [scanned, total] = [batch.scanned, batch.totalToScan];
      }
      return { rows, scanned, total };
    };
    expect(await walk({ idContains: "JOB-0200" })).toEqual({ rows: 10, scanned: 3_000, total: 3_000 });
    const held = await walk({ fields: ["payload"], payloadContains: '"I":2999' });
    expect(held).toEqual({ rows: 1, scanned: 3_000, total: 3_000 });
    const at = 1_700_000_000_001;
    for (const order of ["oldest", "newest"] as const) {
      expect(await walk({ from: at, to: at, order })).toEqual({ rows: 700, scanned: 700, total: 700 });
    }
  });

  it("refuse a text that is no cursor", async () => {
    await using world = await createWorld();
    await seedFailed(world, 1);
    await using engine = createBullmqEngine({ url: world.server.url });
    for (const cursor of ["", "nonsense", "W10", Buffer.from('[0,"1 2",[]]').toString("base64url")]) {
      const first = engine
        .scan("billing", { states: ["failed"], fields: [], cursor })
        [Symbol.asyncIterator]()
        .next();
      expect(await refusalOf(first)).toMatchObject({ code: "refused" });
    }
  });
});
