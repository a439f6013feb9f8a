import { type Shapes, shapes } from "@spillway/contract/schemas";
import { describe, expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

/** A queue where charges fail nine times out of ten, and refunds never, looked at for as long as is asked. */
async function stage(options: { keepCompleted?: number; minutes?: number } = {}) {
  const app = await startApp({ config: { historySamples: 1_000 } });
  const { engine, clock } = app;
  engine.defineQueue("billing", { keepCompleted: options.keepCompleted ?? 1_000 });
  engine.addWorker({
    queues: ["billing"],
    concurrency: 5,
    simulate: ({ task, payload }) => ({
      ms: 10,
      ...(task === "charge" &&
        !payload.includes("0}") && { error: { name: "TimeoutError", message: "no answer", stack: null } }),
    }),
  });
  for (let i = 0; i < (options.minutes ?? 3) * 60; i++) {
    engine.add("billing", "charge", { i }, { attempts: 1 });
    engine.add("billing", "refund", { i }, { attempts: 1 });
    await clock.advance(1_000);
  }
  const read = async (): Promise<Shapes> => shapes.parse(await app.json("/api/queues/billing/dlq/shapes"));
  return { ...app, read };
}

describe("how many of a task's last runs failed", () => {
  test("is counted from the jobs that ended, of that task alone", async () => {
    const { read } = await stage();
    const { items, run_share_unknown } = await read();
    expect(run_share_unknown).toBeNull();
    expect(items[0]?.run_share).toMatchObject({ task: "charge", failed: 162, runs: 180 });
  });

  test("looks back on 500 at most", async () => {
    const { read } = await stage({ minutes: 10 });
    expect((await read()).items[0]?.run_share).toMatchObject({ failed: 450, runs: 500 });
  });

  test("looks back only as far as completed jobs are kept", async () => {
    const { read } = await stage({ keepCompleted: 110, minutes: 10 });
    const share = (await read()).items[0]?.run_share;
    expect(share?.runs).toBeGreaterThanOrEqual(98);
    expect(share?.runs).toBeLessThanOrEqual(102);
  });

  test("is not known where completed jobs are not kept", async () => {
    const { read } = await stage({ keepCompleted: 0 });
    const { items, run_share_unknown } = await read();
    expect(items[0]?.run_share).toBeNull();
    expect(run_share_unknown).toContain("jobs that complete are not kept");
  });

  test("is not known once failed jobs were taken away", async () => {
    const { read, engine, clock } = await stage();
    const { rows } = await engine.listJobs("billing", "failed", { offset: 0, limit: 100 });
    for (const { id } of rows) await engine.removeJob("billing", id);
    await clock.advance(10_000);
    const { items, run_share_unknown } = await read();
    expect(items[0]?.run_share).toBeNull();
    expect(run_share_unknown).toContain("retried or removed");
  });

  test("is not known before a minute was measured", async () => {
    const { read } = await stage({ minutes: 0.5 });
    expect((await read()).run_share_unknown).toContain("not known yet");
  });
});
