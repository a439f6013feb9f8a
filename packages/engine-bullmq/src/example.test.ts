import { describe, expect, it } from "vitest";
import { startFleet } from "../example/fleet.ts";
import { createWorld, until, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

describe.skipIf(withoutRedis)("the example fleet", () => {
  it("has a long charge of tenant-88 running, failures to triage, schedules and two workers", async () => {
    await using world = await createWorld();
    await using engine = createBullmqEngine({ url: world.server.url });
    await engine.snapshot();
    await using _fleet = await startFleet({ url: world.server.url, rate: 20 });
    await until(async () => (await engine.snapshot()).queues.length === 4, "four queues are found");
    await until(async () => (await engine.queue("billing")).counts.failed >= 12, "the charges fail");
    const active = await engine.listJobs("billing", "active", { offset: 0, limit: 50 });
    expect(
      active.rows.some((row) => row.task === "invoice.charge" && row.payloadHead?.includes("tenant-88")),
    ).toBe(true);
    const { workers, queues } = await engine.snapshot();
    expect(workers?.map(({ name, queues: on }) => [name, on.length])).toEqual([
      ["shop-worker-1", 4],
      ["shop-worker-2", 4],
    ]);
    expect(
      workers?.flatMap(({ activeJobs }) => activeJobs).some(({ task }) => task === "invoice.charge"),
    ).toBe(true);
    expect(queues.map(({ name }) => name)).toEqual(["billing", "emails", "reports", "webhooks"]);
    for (const name of ["billing", "emails", "reports"]) expect(await engine.schedules(name)).toHaveLength(1);
    await until(
      async () => (await engine.snapshot()).queues.every(({ flows }) => (flows.started ?? 0) > 0),
      "all queues flow",
    );
    await until(
      async () => (await engine.queue("reports")).counts.blocked > 0,
      "a report waits for its parts",
    );
  });

  it("with agents shows each worker once, with the queue that has none, and its long charge can be cancelled", async () => {
    await using world = await createWorld();
    await using engine = createBullmqEngine({ url: world.server.url });
    await using _fleet = await startFleet({ url: world.server.url, rate: 0, agent: true });
    await until(async () => {
      const { workers } = await engine.snapshot();
      return workers?.filter(({ source, queues }) => source === "agent" && queues.length === 4).length === 2;
    }, "the agents are seen");
    const { workers } = await engine.snapshot();
    expect(workers?.map(({ name, source, queues, version }) => [name, source, queues, version])).toEqual([
      ["shop-worker-1", "agent", ["billing", "emails", "reports", "webhooks"], "2.14.0"],
      ["shop-worker-2", "agent", ["billing", "emails", "reports", "webhooks"], "2.14.0"],
    ]);
    const { rows } = await engine.listJobs("billing", "active", { offset: 0, limit: 50 });
    const charge = rows.find((row) => row.payloadHead?.includes("tenant-88"));
    expect(await engine.cancelJob("billing", charge?.id ?? "")).toMatchObject({
      state: "failed",
      stopped: true,
    });
    expect((await engine.job("billing", charge?.id ?? ""))?.error?.name).toBe("Cancelled");
  });
});
