import { describe, expect, test } from "vitest";
import { createWorld } from "./world.ts";

const TICK_MS = 2000;
/** The step in which findings come to an end; see the README of triage. */
const STEP_MS = 15_000;

/** What each rehearsal is about: the findings it makes, and on which queue. */
const TROUBLE: Record<string, string[]> = {
  backlog: ["backlog_growing:emails"],
  "slow-dependency": ["slow_jobs:emails"],
  "failure-spike": ["failure_spike:emails"],
  "bad-deploy": ["failure_spike:billing"],
  "stalled-worker": ["worker_lost:emails"],
  "poison-payload": ["stalled_jobs:billing"],
};

async function open(scenario: string) {
  const world = await createWorld({ scenario, config: { sampleIntervalMs: TICK_MS } });
  const findings = async (): Promise<string[]> => {
    const { trouble } = await (await world.fetch("/api/overview")).json();
    return trouble.map(({ code, queue }: { code: string; queue: string }) => `${code}:${queue}`).sort();
  };
  return { world, findings };
}

describe("a rehearsal makes its own trouble and no other", () => {
  test("healthy has none, tick after tick", async () => {
    const { world, findings } = await open("healthy");
    await using _ = world;
    for (let tick = 0; tick < 30; tick++) {
      await world.clock.advance(TICK_MS);
      expect(await findings()).toEqual([]);
    }
  });

  test.each(Object.entries(TROUBLE))(
    "%s shows within 3 ticks, and is gone for good within 5 steps after its cause",
    async (scenario, expected) => {
      const { world, findings } = await open(scenario);
      await using _ = world;
      await world.clock.advance(3 * TICK_MS);
      expect(await findings()).toEqual(expected);
      world.engine.fix();
      await world.clock.advance(5 * STEP_MS);
      for (let step = 0; step < 12; step++) {
        expect(await findings()).toEqual([]);
        await world.clock.advance(STEP_MS);
      }
    },
  );

  test("wrong-drain: the deletion is told until the jobs are back, a pause until it ends", async () => {
    const { world, findings } = await open("wrong-drain");
    await using _ = world;
    const pauses = ["changed_outside:search-index", "changed_outside:webhooks"];
    await world.clock.advance(3 * TICK_MS);
    expect(await findings()).toEqual(pauses);
    // The mistake is made 15 s in.
    await world.clock.advance(15_000);
    const all = [...pauses, "jobs_removed:webhooks"];
    expect(await findings()).toEqual(all);
    const [worst] = (await (await world.fetch("/api/overview")).json()).trouble;
    expect(worst).toMatchObject({ code: "jobs_removed", severity: "critical" });
    await world.clock.advance(5 * STEP_MS);
    expect(await findings()).toEqual(all);
    world.engine.fix();
    await world.clock.advance(5 * TICK_MS);
    expect(await findings()).not.toContain("jobs_removed:webhooks");
    await world.clock.advance(5 * STEP_MS);
    // Nobody has resumed the other queue.
    const left = ["changed_outside:search-index"];
    for (let step = 0; step < 12; step++) {
      expect(await findings()).toEqual(left);
      await world.clock.advance(STEP_MS);
    }
    await world.clock.advance(30 * 60_000);
    expect(await findings()).toEqual(["paused:search-index"]);
  });
});
