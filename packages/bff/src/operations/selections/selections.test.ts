import type { ScanOptions } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { problemOf } from "../../app.fixture.ts";
import { FAILED, operationsWorld, TIMEOUT } from "../operations.fixture.ts";

describe("a preview", () => {
  test("counts, shows a spread sample and how the jobs divide", async () => {
    const { fail, preview } = await operationsWorld();
    await fail(300);
    await fail(20, "odd-", { name: "RangeError", message: "amount 12 is negative", stack: null });
    await fail(3, "mail-", TIMEOUT, "mail");
    const frozen = await preview("job.retry", FAILED);
    expect(frozen).toMatchObject({ matched: 323, complete: true, can_undo: null });
    expect(frozen.groups.map(({ task, title, count }) => [task, title, count])).toEqual([
      ["charge", "TimeoutError: connect to <ip> timed out", 300],
      ["charge", "RangeError: amount # is negative", 20],
      ["mail", "TimeoutError: connect to <ip> timed out", 3],
    ]);
    expect(frozen.sample).toHaveLength(10);
    expect(new Set(frozen.sample.map(({ id }) => id.split("-")[0]))).toEqual(new Set(["job", "odd", "mail"]));
  });

  test("takes the filters of the list of jobs, and hides secrets from them", async () => {
    const { fail, preview, engine } = await operationsWorld();
    await fail(30);
    engine.add("billing", "t", { password: "hunter22" }, { id: "secret" });
    const matched = async (filter: object) => (await preview("job.remove", { filter })).matched;
    expect(await matched({ state: "failed", job_id: "job-1" })).toBe(11);
    expect(await matched({ state: "failed", q: '"id":"job-7"' })).toBe(1);
    expect(await matched({ state: "waiting", q: "hunter22" })).toBe(0);
    const { groups } = await preview("job.retry", FAILED);
    expect(await matched({ state: "failed", error_shape: groups[0]?.shape_id })).toBe(30);
    expect(await matched({ state: "failed", task: "none" })).toBe(0);
  });

  test("goes on only while it is asked for, and can't be applied before it is complete", async () => {
    const slowly = await operationsWorld({
      replace: (real) => ({
        async *scan(queue: string, options: ScanOptions) {
          for await (const batch of real.scan(queue, options)) {
            await world.clock.advance(300);
            yield batch;
          }
        },
      }),
    });
    const world = slowly;
    await world.fail(5_000);
    const first = await world.preview("job.retry", FAILED);
    expect(first).toMatchObject({ matched: 1_500, scanned: 1_500, total_to_scan: 5_000, complete: false });
    const body = { action: "job.retry", selection: { token: first.selection_token } };
    const early = await problemOf(await world.post("/api/queues/billing/jobs/bulk", body), 409);
    expect(early.detail).toContain("1,500 of 5,000");
    const path = `/api/selections/${first.selection_token}`;
    const [second, same] = await Promise.all([world.json(path), world.json(path)]);
    expect(second).toMatchObject({ matched: 3_000, complete: false });
    expect(same.matched).toBe(second.matched);
    expect(await world.json(path)).toMatchObject({ matched: 4_500, complete: false });
    expect(await world.json(path)).toMatchObject({ matched: 5_000, complete: true });
    const { id } = await world.bulk({ selection: { token: first.selection_token } });
    expect((await world.ended(id)).succeeded).toBe(5_000);
  });

  test("is good for 15 minutes after it was last asked for, for its own action and queue", async () => {
    const { fail, preview, send, post, clock, engine } = await operationsWorld();
    await fail(3);
    const { selection_token } = await preview("job.retry", FAILED);
    const path = `/api/selections/${selection_token}`;
    const selection = { token: selection_token };
    engine.defineQueue("other");
    const wrong = await post("/api/queues/other/jobs/bulk", { action: "job.retry", selection });
    expect((await problemOf(wrong, 400)).detail).toContain("previewed for job.retry in billing");
    await problemOf(await post("/api/queues/billing/jobs/bulk", { action: "job.remove", selection }), 400);
    await clock.advance(14 * 60_000);
    expect((await send(path)).status).toBe(200);
    await clock.advance(14 * 60_000);
    expect((await send(path)).status).toBe(200);
    await clock.advance(15 * 60_000);
    expect((await problemOf(await send(path), 404)).detail).toContain("Preview it again");
  });

  test("is for those who may act, and is no act", async () => {
    const { post, json } = await operationsWorld();
    const body = { action: "job.retry", selection: FAILED };
    const path = "/api/queues/billing/jobs/preview";
    await problemOf(await post(path, body, {}, ["viewer"]), 403);
    await problemOf(await post(path, { ...body, surprise: 1 }), 400);
    const { total_matching } = await json("/api/audit");
    expect((await post(path, body, {}, ["operator"])).status).toBe(200);
    expect((await json("/api/audit")).total_matching).toBe(total_matching);
  });
});

describe("what is said before", () => {
  test("that the queue is paused, that nobody works, that others come first", async () => {
    const { fail, preview, engine, clock } = await operationsWorld();
    await fail(5);
    for (let i = 0; i < 500; i++) engine.add("billing", "t", {});
    await engine.pauseQueue("billing");
    await clock.advance(2_000);
    expect((await preview("job.retry", FAILED)).warnings).toEqual([
      "billing is paused: retried jobs will not run. Resume it first, or judge from the resume on.",
      "No worker serves billing: retried jobs will not run.",
      "Retried jobs go behind 500 others; settling starts when each job starts.",
    ]);
    await engine.resumeQueue("billing");
    engine.addWorker({ queues: ["billing"], simulate: () => ({ ms: 1_000 }) });
    await clock.advance(61_000);
    expect((await preview("job.retry", FAILED)).warnings).toEqual([
      expect.stringMatching(/^Retried jobs go behind 43\d others, about 7\.\d min; settling starts/),
    ]);
  });

  test("that some were cancelled, and would run after all; not of those that only failed", async () => {
    const { fail, preview, engine, post } = await operationsWorld();
    await fail(3);
    for (const id of ["a", "b"]) engine.add("billing", "t", {}, { id });
    const cancelled = () => preview("job.retry", FAILED).then(({ warnings }) => warnings.join(" "));
    expect(await cancelled()).not.toContain("cancelled");
    for (const id of ["a", "b"]) await post(`/api/queues/billing/jobs/${id}/cancel`, {});
    expect(await cancelled()).toContain("2 of them were cancelled by somebody, and would run after all.");
    expect((await preview("job.remove", FAILED)).warnings.join(" ")).not.toContain("cancelled");
  });

  test("what does not exist any more", async () => {
    const { fail, preview } = await operationsWorld();
    await fail(1);
    const named = { ids: [{ id: "job-0" }, { id: "gone" }] };
    expect(await preview("job.remove", named)).toMatchObject({
      matched: 1,
      can_undo: true,
      warnings: ["1 of the 2 jobs named do not exist any more."],
    });
  });
});
