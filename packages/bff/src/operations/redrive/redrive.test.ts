import type { JobError } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { problemOf } from "../../app.fixture.ts";
import { FAILED, operationsWorld, TIMEOUT } from "../operations.fixture.ts";

const NEGATIVE: JobError = { name: "RangeError", message: "amount -4 is negative", stack: null };
const PATH = "/api/queues/billing/redrives";

type World = Awaited<ReturnType<typeof operationsWorld>>;

/** Time that passes in small steps, each with turns of the event loop, until the operation is as wanted. */
async function pass(world: World, id: string, wanted: (state: string) => boolean, seconds = 600) {
  for (let i = 0; i < seconds * 5; i++) {
    const now = await world.get(id);
    if (wanted(now.state)) return now;
    await world.clock.advance(200);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return expect.fail(`It stays ${JSON.stringify(await world.get(id))}`);
}
const isOver = (state: string) => ["done", "cancelled", "failed"].includes(state);
const isStill = (state: string) => state === "awaiting_operator" || isOver(state);

/** A queue whose worker fixed what jobs failed with, or not: by the first letters of their ids. */
async function mixed(options: { broken?: string; ms?: number; attempts?: number } = {}) {
  const { broken = "bad-", ms = 20 } = options;
  const world = await operationsWorld();
  await world.fail(450, "job-");
  await world.fail(50, "bad-", NEGATIVE);
  const work = () =>
    world.engine.addWorker({
      queues: ["billing"],
      concurrency: 50,
      simulate: ({ id }) => (id.startsWith(broken) ? { ms, error: NEGATIVE } : { ms }),
    });
  return { world, work };
}

describe("a redrive", () => {
  test("of a mixed DLQ stops after its first phase and names what still fails", async () => {
    const { world, work } = await mixed();
    work();
    const { id, phases } = await world.order(PATH, { selection: FAILED, reason: "fixed?" });
    expect(phases.map(({ size, state }) => [size, state])).toEqual([
      [10, "running"],
      [50, "waiting"],
      [440, "waiting"],
    ]);
    const stopped = await pass(world, id, isStill);
    expect(stopped.state).toBe("awaiting_operator");
    const [first, second] = stopped.phases;
    expect(first).toMatchObject({ state: "regressed", size: 10, retried: 10 });
    expect(first?.failed_again).toBeGreaterThan(0);
    expect(first?.failing_shapes).toMatchObject([
      { title: "RangeError: amount # is negative", count: first?.failed_again },
    ]);
    expect(first?.verdict).toMatch(/^\d of 10 jobs completed, \d failed again/);
    expect(stopped.note).toMatch(/^Phase 1 regressed\. .* All fail with RangeError: amount # is negative\.$/);
    expect(second).toMatchObject({ state: "waiting", retried: 0 });
    await world.clock.advance(60_000);
    expect(await world.counts()).toMatchObject({ failed: 500 - (first?.completed_again ?? 0) });
    const [record] = await world.recordsOf(id);
    expect(record).toMatchObject({
      action: "job.retry",
      source: "redrive",
      status: "success",
      requested: 10,
      affected: 10,
      details: { phase: 1, of: 3, failing: [expect.stringContaining("× RangeError")] },
    });
    await world.post(`/api/operations/${id}/cancel`, {}, {}, ["operator"]);
    expect(await pass(world, id, isOver)).toMatchObject({ state: "cancelled", note: "Stopped by Ana." });
  });

  test("of the fixed shape alone runs to the end by itself, each phase on record", async () => {
    const { world, work } = await mixed();
    work();
    const { groups } = await world.preview("job.retry", FAILED);
    const filter = { state: "failed", error_shape: groups[0]?.shape_id };
    const { id } = await world.order(PATH, { selection: { filter } });
    const over = await pass(world, id, isOver);
    expect(over).toMatchObject({
      state: "done",
      matched: 450,
      succeeded: 450,
      note: null,
      selection: { text: "Failed jobs with the error “TimeoutError: connect to <ip> timed out”" },
    });
    expect(
      over.phases.map(({ state, size, completed_again, failed_again, still_open }) => [
        state,
        size,
        completed_again,
        failed_again,
        still_open,
      ]),
    ).toEqual([
      ["passed", 10, 10, 0, 0],
      ["passed", 45, 45, 0, 0],
      ["passed", 395, 395, 0, 0],
    ]);
    expect(over.phases[0]?.verdict).toBe("10 of 10 jobs completed, 0 failed again (1 allowed).");
    expect(await world.counts()).toMatchObject({ completed: 450, failed: 50 });
    const records = await world.recordsOf(id);
    expect(
      records.map(({ requested, affected, source, status }: Record<string, unknown>) => [
        requested,
        affected,
        source,
        status,
      ]),
    ).toEqual([
      [395, 395, "redrive", "success"],
      [45, 45, "redrive", "success"],
      [10, 10, "redrive", "success"],
    ]);
    expect(over.phases.map(({ audit_id }) => audit_id)).toEqual(
      records.map((one: { id: string }) => one.id).reverse(),
    );
    const fates = await world.outcomes(id, "&outcome=succeeded");
    expect(new Set(fates.map(({ fate }) => fate))).toEqual(new Set(["completed_again"]));
  });

  test("begins with a few of every shape and task", async () => {
    const { world } = await mixed();
    await world.fail(3, "mail-", TIMEOUT, "mail");
    const { id } = await world.order(PATH, { selection: FAILED });
    await pass(world, id, (state) => state === "awaiting_verdict");
    const first = await world.outcomes(id);
    expect(first).toHaveLength(10);
    const kinds = Map.groupBy(first, ({ job_id }) => job_id.split("-")[0]);
    expect(new Set(kinds.keys())).toEqual(new Set(["bad", "job", "mail"]));
  });

  test("counts a job at its first failed attempt, though it will be retried by itself", async () => {
    const world = await operationsWorld();
    for (let i = 0; i < 20; i++)
      world.engine.add(
        "billing",
        "t",
        {},
        { id: `${i}`, attempts: 5, backoff: { type: "fixed", delayMs: 60_000 } },
      );
    for (let i = 0; i < 20; i++) await world.engine.cancelJob("billing", `${i}`);
    world.engine.addWorker({ queues: ["billing"], simulate: () => ({ ms: 5, error: NEGATIVE }) });
    const { id } = await world.order(PATH, { selection: FAILED });
    const stopped = await pass(world, id, isStill, 5);
    expect(stopped).toMatchObject({ state: "awaiting_operator", phases: [{ state: "regressed" }, {}, {}] });
    expect((await world.counts()).delayed).toBeGreaterThan(0);
  });

  test("never takes a job that vanished for a success", async () => {
    const { world } = await mixed();
    const { id } = await world.order(PATH, { selection: FAILED });
    await pass(world, id, (state) => state === "awaiting_verdict");
    for (const { job_id } of (await world.outcomes(id)).slice(0, 2))
      await world.engine.removeJob("billing", job_id);
    const stopped = await pass(world, id, isStill, 30);
    expect(stopped.phases[0]).toMatchObject({ state: "regressed", gone: 2, completed_again: 0 });
    expect(stopped.phases[0]?.verdict).toContain("2 vanished unseen");
  });

  test("hears of completion even where news is missed and jobs stay", async () => {
    const { world, work } = await mixed();
    const deaf = await operationsWorld({ replace: () => ({ subscribe: () => () => undefined }) });
    await deaf.fail(30);
    deaf.engine.addWorker({ queues: ["billing"], concurrency: 5, simulate: () => ({ ms: 20 }) });
    const { id } = await deaf.order(PATH, { selection: FAILED });
    expect(await pass(deaf, id, isOver)).toMatchObject({ state: "done", succeeded: 30 });
    work();
    await world.close();
  });
});

describe("the gates", () => {
  test("a few failures may be allowed", async () => {
    const { world, work } = await mixed();
    work();
    const gate = { max_failure_rate: 0.6 };
    const { id } = await world.order(PATH, { selection: FAILED, gate });
    const over = await pass(world, id, isOver);
    expect(over).toMatchObject({
      state: "done",
      succeeded: 500,
      gate: { max_failure_rate: 0.6, settle_s: 60 },
    });
    expect(await world.counts()).toMatchObject({ completed: 450, failed: 50 });
  });

  test("by hand: each phase that passed waits for somebody", async () => {
    const { world, work } = await mixed({ broken: "none" });
    work();
    const gate = { advance: "manual" };
    const { id } = await world.order(PATH, {
      selection: FAILED,
      phases: [{ count: 5 }, { rest: true }],
      gate,
    });
    const waits = await pass(world, id, isStill);
    expect(waits).toMatchObject({
      state: "awaiting_operator",
      note: "Phase 1 passed; it waits for somebody to go on.",
      phases: [{ state: "passed" }, { state: "waiting" }],
    });
    await world.clock.advance(600_000);
    expect((await world.get(id)).phases[1]).toMatchObject({ state: "waiting" });
    expect((await world.post(`/api/operations/${id}/advance`)).status).toBe(200);
    expect(await pass(world, id, isOver)).toMatchObject({ state: "done", succeeded: 500 });
  });

  test("undecided: too few are known in time; they may yet be, or somebody goes on", async () => {
    const { world } = await mixed({ broken: "none" });
    const hangs = new Set<string>();
    world.engine.addWorker({
      queues: ["billing"],
      concurrency: 50,
      simulate: ({ id }) => {
        if (hangs.size < 4) hangs.add(id);
        return { ms: hangs.has(id) ? 300_000 : 20 };
      },
    });
    const { id } = await world.order(PATH, { selection: FAILED, gate: { settle_s: 30 } });
    const waits = await pass(world, id, isStill);
    expect(waits.phases[0]).toMatchObject({ state: "undecided", completed_again: 6, still_open: 4 });
    expect(waits.note).toContain("Only 60 % are known after 30 s, 90 % are needed.");
    expect(await pass(world, id, isOver)).toMatchObject({ state: "done", succeeded: 500 });
  });

  test("somebody may go on before the verdict, and past a regression", async () => {
    const { world, work } = await mixed();
    const phases = [{ count: 10 }, { rest: true }];
    const { id } = await world.order(PATH, { selection: FAILED, phases, rate_per_s: 100 });
    await pass(world, id, (state) => state === "awaiting_verdict");
    const path = `/api/operations/${id}/advance`;
    expect((await world.post(path, {}, {}, ["operator"])).status).toBe(200);
    await pass(world, id, (state) => state === "running");
    expect((await problemOf(await world.post(path), 409)).detail).toBe("Its jobs are still being put back.");
    expect((await world.get(id)).phases[0]).toMatchObject({
      state: "undecided",
      verdict: expect.stringMatching(
        /10 open\. 10 jobs have not started yet\. Ana went on before the verdict\.$/,
      ),
    });
    work();
    const stopped = await pass(world, id, isStill);
    const [, second] = stopped.phases;
    expect(second).toMatchObject({ state: "regressed" });
    expect(second?.retried).toBeLessThan(490);
    await world.clock.advance(30_000);
    expect((await world.get(id)).done).toBe(stopped.done);
    expect((await world.post(path, {}, {}, ["operator"])).status).toBe(200);
    const over = await pass(world, id, isOver);
    expect(over).toMatchObject({ state: "done", succeeded: 500 });
    // What was left goes on to be told: its jobs run on.
    expect(over.phases[0]).toMatchObject({ state: "undecided", overruled_by: "Ana", still_open: 0 });
    expect(over.phases[0]?.verdict).toMatch(
      /^\d of 10 jobs completed, .*[^n]\. Ana went on before the verdict\.$/,
    );
    expect(over.phases[0]?.verdict).not.toMatch(/open|not started/);
  });

  test("on regression the queue may be paused, on record as such", async () => {
    const { world, work } = await mixed({ broken: "" });
    work();
    const gate = { on_regression: "stop_and_pause_queue" };
    const { id } = await world.order(PATH, { selection: FAILED, gate, incident: "INC-7" });
    const stopped = await pass(world, id, isStill);
    expect(stopped.note).toMatch(/billing was paused\.$/);
    expect((await world.engine.queue("billing")).paused).toBe(true);
    expect((await world.recordsOf(id))[0]).toMatchObject({
      action: "queue.pause",
      source: "redrive",
      status: "success",
      incident: "INC-7",
    });
  });

  test("in a paused queue nothing settles until it is resumed, and that is said", async () => {
    const { world, work } = await mixed({ broken: "none" });
    work();
    await world.post("/api/queues/billing/pause");
    const { id } = await world.order(PATH, { selection: FAILED });
    await world.clock.advance(1_000);
    await pass(world, id, (state) => state === "awaiting_verdict");
    for (let i = 0; i < 30; i++) await world.clock.advance(10_000);
    expect(await world.get(id)).toMatchObject({
      state: "awaiting_verdict",
      note: "10 retried jobs have not started: billing is paused. Settling starts when they start.",
      phases: [{ state: "settling", settles_at: null, still_open: 10 }, {}, {}],
    });
    await world.post("/api/queues/billing/resume");
    expect(await pass(world, id, isOver)).toMatchObject({ state: "done", succeeded: 500 });
  });

  test("paused, it judges on but begins nothing", async () => {
    const { world, work } = await mixed({ broken: "none", ms: 500 });
    work();
    const { id } = await world.order(PATH, { selection: FAILED });
    await pass(world, id, (state) => state === "awaiting_verdict");
    await world.post(`/api/operations/${id}/pause`);
    for (let i = 0; i < 20; i++) await world.clock.advance(1_000);
    expect(await world.get(id)).toMatchObject({
      state: "paused",
      phases: [{ state: "passed" }, { state: "waiting" }, {}],
    });
    await world.post(`/api/operations/${id}/resume`);
    expect(await pass(world, id, isOver)).toMatchObject({ state: "done" });
  });

  test("fewer jobs than phases: those without jobs pass unseen", async () => {
    const world = await operationsWorld();
    await world.fail(4);
    world.engine.addWorker({ queues: ["billing"], simulate: () => ({ ms: 20 }) });
    const { id } = await world.order(PATH, { selection: FAILED });
    const over = await pass(world, id, isOver);
    expect(over.phases.map(({ size, state, audit_id }) => [size, state, audit_id === null])).toEqual([
      [4, "passed", false],
      [0, "passed", true],
      [0, "passed", true],
    ]);
    expect((await world.recordsOf(id)).length).toBe(1);
  });

  test("at the end a regression is told, though nothing is left to stop", async () => {
    const { world, work } = await mixed();
    work();
    const { id } = await world.order(PATH, { selection: FAILED, phases: [{ count: 10 }] });
    const over = await pass(world, id, isOver);
    expect(over).toMatchObject({ state: "done", done: 10, matched: 500 });
    expect(over.note).toContain("Phase 1 regressed");
  });
});
