import { describe, expect, it } from "vitest";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

describe.skipIf(withoutRedis)("when a schedule ran last", () => {
  it("is what its last job says, and not guessed from a pattern once that job is gone", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing");
    await queue.upsertJobScheduler("kept", { pattern: "* * * * * *" }, { name: "kept" });
    await queue.upsertJobScheduler(
      "gone",
      { pattern: "* * * * * *" },
      { name: "gone", opts: { removeOnComplete: true } },
    );
    await using engine = createBullmqEngine({ url: world.server.url });
    const schedule = async (id: string) =>
      (await engine.schedules("billing")).find((one) => one.id === id) ?? expect.fail("no such schedule");
    expect(await schedule("kept")).toMatchObject({ runs: 0, lastRunAt: null });
    const ran: number[] = [];
    const worker = await world.worker("billing", async (job) => job.name === "kept" && ran.push(Date.now()));
    await until(async () => (await schedule("gone")).runs === 2 && ran.length >= 2, "both ran twice");
    await worker.close();
    expect((await schedule("gone")).runs).toBeGreaterThan(0);
    expect((await schedule("gone")).lastRunAt).toBeNull();
    const { lastRunAt, nextRunAt, nextRuns } = await schedule("kept");
    expect(Math.abs((lastRunAt ?? 0) - (ran.at(-1) ?? 0))).toBeLessThan(1_000);
    expect(nextRuns).toEqual([nextRunAt, (nextRunAt ?? 0) + 1_000, (nextRunAt ?? 0) + 2_000]);
  });
});
