import { describe, expect, test } from "vitest";
import { createWorld } from "./world.ts";

const TICK_MS = 2000;

/** What each rehearsal is about: the findings it makes, and on which queue. */
const TROUBLE: Record<string, string[]> = {
  healthy: [],
  backlog: ["backlog_growing:emails"],
  "slow-dependency": ["slow_jobs:emails"],
  "failure-spike": ["failure_spike:emails"],
  "bad-deploy": ["failure_spike:billing"],
  "stalled-worker": ["worker_lost:emails"],
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
  test.each(Object.entries(TROUBLE))("%s, within 3 ticks", async (scenario, expected) => {
    const { world, findings } = await open(scenario);
    await using _ = world;
    await world.clock.advance(3 * TICK_MS);
    expect(await findings()).toEqual(expected);
  });

  test("wrong-drain tells of jobs that vanished and of what was paused behind the console's back", async () => {
    const { world, findings } = await open("wrong-drain");
    await using _ = world;
    await world.clock.advance(30_000);
    expect(await findings()).toContain("jobs_removed:webhooks");
  });

  test.each(["failure-spike", "bad-deploy"])("%s ends after its cause was fixed", async (scenario) => {
    const { world, findings } = await open(scenario);
    await using _ = world;
    await world.clock.advance(3 * TICK_MS);
    world.engine.fix();
    await world.clock.advance(5 * 60_000);
    expect(await findings()).toEqual([]);
  });
});
