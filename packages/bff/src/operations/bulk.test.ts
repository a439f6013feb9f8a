import { EngineError } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { problemOf } from "../app.fixture.ts";
import { FAILED, operationsWorld } from "./operations.fixture.ts";

describe("a bulk operation", () => {
  test("acts on each selected job once and is on record with its counts", async () => {
    const { fail, bulk, ended, counts, outcomes, recordsOf } = await operationsWorld();
    await fail(1_234);
    const begun = await bulk({ selection: FAILED, reason: "provider is back", incident: "INC-1" });
    expect(begun).toMatchObject({
      kind: "bulk",
      action: "job.retry",
      matched: 1_234,
      state: "running",
      reason: "provider is back",
      selection: { text: "All failed jobs", filter: { state: "failed" } },
    });
    expect(await ended(begun.id)).toMatchObject({
      state: "done",
      done: 1_234,
      succeeded: 1_234,
      skipped: 0,
      failed: 0,
      unknown: 0,
      note: null,
      held: null,
    });
    expect(await counts()).toMatchObject({ waiting: 1_234, failed: 0 });
    expect(await outcomes(begun.id, "&outcome=succeeded")).toHaveLength(1_234);
    expect(await recordsOf(begun.id)).toMatchObject([
      {
        id: begun.audit_id,
        action: "job.retry",
        source: "bulk",
        status: "success",
        requested: 1_234,
        affected: 1_234,
        skipped: 0,
        failed: 0,
        incident: "INC-1",
        details: { selection: "All failed jobs" },
      },
    ]);
  });

  test("is in the story of each of its jobs, and of one that is gone", async () => {
    const { fail, bulk, ended, json, engine, clock, send } = await operationsWorld();
    await fail(1_200);
    const { id } = await bulk({ selection: FAILED, reason: "provider is back" });
    await ended(id);
    const { timeline } = await json("/api/queues/billing/jobs/job-7");
    expect(timeline).toContainEqual({
      at: new Date(clock.now()).toISOString(),
      event: "job.retry",
      source: "audit",
      worker_id: null,
      detail: expect.stringMatching(/: one of 1,200 jobs: provider is back$/),
    });
    await engine.removeJob("billing", "job-7");
    const { last_known } = await problemOf(await send("/api/queues/billing/jobs/job-7"), 404);
    expect(last_known).toMatchObject({ event: expect.stringMatching(/^(job\.retry by|removed)/) });
  });

  test("acts only on what was frozen, and says why it skipped the others", async () => {
    const { fail, bulk, ended, preview, counts, outcomes, engine } = await operationsWorld();
    await fail(10);
    const frozen = await preview("job.retry", FAILED);
    expect(frozen).toMatchObject({ matched: 10, complete: true, scanned: 10, total_to_scan: 10 });
    await fail(5, "later-");
    await engine.retryJob("billing", "job-0");
    await engine.removeJob("billing", "job-1");
    await engine.retryJob("billing", "job-2");
    await engine.cancelJob("billing", "job-2");
    const { id } = await bulk({ selection: { token: frozen.selection_token } });
    expect(await ended(id)).toMatchObject({ matched: 10, done: 10, succeeded: 7, skipped: 3 });
    const skipped = await outcomes(id, "&outcome=skipped");
    expect(Object.fromEntries(skipped.map(({ job_id, error }) => [job_id, error]))).toEqual({
      "job-0": "It has moved on since it was selected: it waits to run now.",
      "job-1": "It no longer exists.",
      "job-2": "It has moved on since it was selected: it has failed again now.",
    });
    expect(await counts()).toMatchObject({ failed: 6, waiting: 8 });
  });

  test("named jobs are acted on as they were seen, each once", async () => {
    const { fail, bulk, ended, json, engine } = await operationsWorld();
    await fail(3);
    const { version } = await json("/api/queues/billing/jobs/job-0");
    await engine.retryJob("billing", "job-0");
    await engine.cancelJob("billing", "job-0");
    const ids = [{ id: "job-0", version }, { id: "job-1" }, { id: "job-1" }, { id: "never" }];
    const { id, matched } = await bulk({ selection: { ids } });
    expect(matched).toBe(2);
    expect(await ended(id)).toMatchObject({ succeeded: 1, skipped: 1 });
  });

  test.each([
    ["job.cancel", "waiting", "failed"],
    ["job.remove", "waiting", null],
    ["job.promote", "delayed", "waiting"],
  ])("%s of %s jobs", async (action, state, after) => {
    const { bulk, ended, engine } = await operationsWorld();
    for (let i = 0; i < 300; i++)
      engine.add("billing", "t", {}, { id: `${i}`, ...(state === "delayed" && { delayMs: 60_000 }) });
    const { id } = await bulk({ action, selection: { filter: { state } } });
    expect(await ended(id)).toMatchObject({ state: "done", succeeded: 300 });
    const rows = await engine.jobsById("billing", ["0", "299"]);
    expect(rows.map((row) => row.state)).toEqual(after === null ? [] : [after, after]);
  });

  test("its record is found by each of its jobs, and by itself", async () => {
    const { fail, bulk, ended, json, engine } = await operationsWorld();
    await fail(700);
    engine.add("billing", "t", {}, { id: "stranger" });
    const { id, audit_id } = await bulk({ selection: FAILED });
    await ended(id);
    const found = async (query: string) =>
      (await json(`/api/audit?${query}`)).items.map((one: { id: string }) => one.id);
    expect(await found("job_id=job-699")).toEqual([audit_id]);
    expect(await found("job_id=job-0")).toEqual([audit_id]);
    expect(await found("job_id=stranger")).toEqual([]);
    expect(await found(`operation_id=${id}`)).toEqual([audit_id]);
  });

  test("one of a kind and queue at a time; the other is named", async () => {
    const { fail, bulk, post, ended } = await operationsWorld();
    await fail(10);
    const first = await bulk({ selection: FAILED, rate_per_s: 1 });
    const second = await post("/api/queues/billing/jobs/bulk", { action: "job.retry", selection: FAILED });
    const problem = await problemOf(second, 409);
    expect(problem.operation_id).toBe(first.id);
    expect(problem.detail).toMatch(/^Anonymous began the same in billing already: \d of 10 jobs are done\./);
    const other = await bulk({ action: "job.remove", selection: FAILED });
    await ended(other.id);
  });

  test("the same key: one operation", async () => {
    const { fail, bulk, json, ended } = await operationsWorld();
    await fail(10);
    const key = { "Idempotency-Key": "k1" };
    const first = await bulk({ selection: FAILED }, key);
    expect((await bulk({ selection: FAILED }, key)).id).toBe(first.id);
    await ended(first.id);
    expect((await json("/api/operations")).total).toBe(1);
  });

  test("what can't be begun is refused, on record, and begins nothing", async () => {
    const { fail, post, json } = await operationsWorld();
    await fail(1);
    const path = "/api/queues/billing/jobs/bulk";
    const refuse = async (selection: object, status: number, action = "job.retry") => {
      const problem = await problemOf(await post(path, { action, selection }), status);
      expect(await json(`/api/audit/${problem.audit_id}`)).toMatchObject({
        status: "failed",
        requested: null,
        affected: 0,
      });
      return problem;
    };
    expect((await refuse({ token: "gone" }, 404)).detail).toContain("Preview it again");
    expect((await refuse({ filter: { state: "waiting" } }, 400)).issues?.[0]?.path).toBe(
      "selection.filter.state",
    );
    expect((await refuse({ filter: { state: "failed", task: "nothing" } }, 409)).detail).toContain("No job");
    expect((await refuse({ ids: [{ id: "never" }] }, 409)).detail).toContain("None of these");
    expect((await json("/api/operations")).total).toBe(0);
  });
});

describe("while the engine is away", () => {
  test("it goes on by itself, and no job is acted on twice", async () => {
    let calls = 0;
    const world = await operationsWorld({
      replace: (real) => ({
        actOnJobs: async (...call) => {
          calls++;
          if (calls % 3 === 0) throw new EngineError("unavailable", "Away.", { cause: "down" });
          const results = await real.actOnJobs(...call);
          if (calls % 3 === 1) throw new EngineError("outcome_unknown", "No answer.");
          return results;
        },
      }),
    });
    const { fail, bulk, until, get, clock, counts, json } = world;
    await fail(2_000);
    const { id } = await bulk({ selection: FAILED });
    const away = await until(id, ({ note }) => note !== null);
    expect(away.note).toMatch(
      /^Embedded engine does not answer since \d\d:\d\d:\d\dZ; it goes on by itself\.$/,
    );
    expect(away.state).toBe("running");
    for (let i = 0; i < 200 && (await get(id)).state !== "done"; i++) {
      await clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect(await get(id)).toMatchObject({ state: "done", succeeded: 2_000, unknown: 0, note: null });
    expect(await counts()).toMatchObject({ waiting: 2_000, failed: 0 });
    const { flows } = await world.engine.queue("billing");
    expect(flows.operatorRetried).toBe(2_000);
    expect((await json(`/api/audit?operation_id=${id}`)).items[0]).toMatchObject({ affected: 2_000 });
  });

  test("cancelled in doubt, the doubt stays", async () => {
    const { fail, bulk, until, ended, post, recordsOf } = await operationsWorld({
      replace: () => ({ actOnJobs: () => Promise.reject(new EngineError("outcome_unknown", "No answer.")) }),
    });
    await fail(1_000);
    const { id } = await bulk({ selection: FAILED });
    await until(id, ({ note }) => note !== null);
    expect((await post(`/api/operations/${id}/cancel`)).status).toBe(200);
    expect(await ended(id)).toMatchObject({ state: "cancelled", unknown: 400, done: 400, succeeded: 0 });
    const record = (await recordsOf(id)).find(({ action }: { action: string }) => action === "job.retry");
    expect(record).toMatchObject({ status: "unknown", details: { unknown: 400, not_done: 600 } });
  });

  test.each([
    ["permission", 0],
    ["readonly", 70_000],
  ] as const)("what does not heal (%s) ends it with true counts", async (cause, after) => {
    let calls = 0;
    const { fail, bulk, until, get, clock, recordsOf } = await operationsWorld({
      replace: (real) => ({
        actOnJobs: (...call) =>
          calls++ < 2
            ? real.actOnJobs(...call)
            : Promise.reject(new EngineError("unavailable", "Not possible here.", { cause })),
      }),
    });
    await fail(1_000);
    const { id } = await bulk({ selection: FAILED });
    await until(id, ({ note }) => note !== null);
    await clock.advance(after);
    await until(id, ({ state }) => state === "failed");
    expect(await get(id)).toMatchObject({
      note: "Not possible here.",
      succeeded: 400,
      done: 400,
      unknown: 0,
    });
    expect(await recordsOf(id)).toMatchObject([
      { status: "failed", affected: 400, error: { code: "engine_unavailable" }, details: { not_done: 600 } },
    ]);
  });
});
