import { EngineError } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { memorySink, problemOf } from "../../app.fixture.ts";
import { createPolicy } from "../../auth/index.ts";
import { operationsWorld } from "../operations.fixture.ts";

const HOUR = 3_600_000;
const SELDOM = { config: { sampleIntervalMs: 300_000 } };

type World = Awaited<ReturnType<typeof operationsWorld>>;

function addMany({ engine }: World, count: number, options = {}) {
  for (let i = 0; i < count; i++) engine.add("billing", "t", { i }, { id: `${i}`, ...options });
}
const DRAIN = "/api/queues/billing/drain";
const waiting = async ({ engine }: World) =>
  (await engine.listJobs("billing", "waiting", { order: "oldest", offset: 0, limit: 5_000 })).rows.map(
    ({ id }) => id,
  );

describe("deleting all waiting jobs", () => {
  test("holds them for a day; they can be put back as they were", async () => {
    const world = await operationsWorld();
    const { order, ended, counts, post, recordsOf } = world;
    addMany(world, 1_200);
    world.engine.add("billing", "t", {}, { id: "later", delayMs: HOUR });
    const before = await waiting(world);
    const { id, matched } = await order(DRAIN, { reason: "poison" });
    expect(matched).toBe(1_200);
    expect(await ended(id)).toMatchObject({
      kind: "drain",
      state: "done",
      done: 1_200,
      succeeded: 1_200,
      held: { state: "held", count: 1_200 },
      undo_until: "2026-11-24T14:00:00.000Z",
    });
    expect(await counts()).toMatchObject({ waiting: 0, delayed: 1 });
    await order(`/api/operations/${id}/undo`, { reason: "wrong queue" });
    expect(await ended(id)).toMatchObject({
      state: "done",
      held: { state: "restored", count: 1_200 },
      undo_until: null,
      note: "1,200 jobs were put back by Anonymous.",
    });
    expect(await waiting(world)).toEqual(before);
    expect(await recordsOf(id)).toMatchObject([
      {
        action: "operation.undo",
        status: "success",
        requested: 1_200,
        affected: 1_200,
        reason: "wrong queue",
      },
      { action: "queue.drain", status: "success", requested: 1_200, affected: 1_200, destructive: true },
    ]);
    const again = await problemOf(await post(`/api/operations/${id}/undo`), 409);
    expect(again.detail).toBe("Its jobs were put back already.");
  });

  test("of a queue that is read-only: what is held of it stays when its time is over", async () => {
    const policy = createPolicy({ readOnlyQueues: ["billing"] });
    const world = await operationsWorld({ ...SELDOM, deps: { policy } });
    const { engine, clock, json, close } = world;
    addMany(world, 3);
    await engine.holdWaiting("billing", { id: "h", until: clock.now() + HOUR }, { includeDelayed: false });
    await clock.advance(3 * HOUR);
    expect((await engine.holds())[0]).toMatchObject({ id: "h", count: 3 });
    expect((await json("/api/operations/h")).held).toEqual({ state: "held", count: 3 });
    await close();
  });

  test("takes delayed ones too if asked, and nothing from an empty queue", async () => {
    const world = await operationsWorld();
    const { order, ended, counts, post } = world;
    await problemOf(await post(DRAIN), 409);
    addMany(world, 3);
    world.engine.add("billing", "t", {}, { id: "later", delayMs: HOUR });
    const { id } = await order(DRAIN, { include_delayed: true });
    expect(await ended(id)).toMatchObject({ matched: 4, held: { count: 4 } });
    expect(await counts()).toMatchObject({ waiting: 0, delayed: 0 });
  });

  test.each([true, false])("without an answer it is never asked twice (took effect: %s)", async (took) => {
    let asked = 0;
    const world = await operationsWorld({
      replace: (real) => ({
        holdWaiting: async (...call) => {
          asked++;
          if (took) await real.holdWaiting(...call);
          throw new EngineError("outcome_unknown", "No answer.");
        },
      }),
    });
    const { order, ended, until, clock, recordsOf, json } = world;
    addMany(world, 10);
    const { id } = await order(DRAIN, {});
    if (!took) await until(id, ({ note }) => note !== null);
    for (let i = 0; i < 5; i++) await clock.advance(10_000);
    expect(await ended(id)).toMatchObject(
      took
        ? { state: "done", held: { count: 10 }, succeeded: 10, unknown: 0 }
        : { state: "failed", held: null, succeeded: 0, unknown: 10, done: 10 },
    );
    expect((await recordsOf(id))[0]).toMatchObject(
      took ? { status: "success", affected: 10 } : { status: "unknown", affected: null },
    );
    expect(asked).toBe(1);
    const { items, untold } = await json(`/api/operations/${id}/outcomes`);
    expect(items).toHaveLength(took ? 10 : 0);
    expect(untold).toEqual(
      took ? null : { count: 10, outcome: "unknown", why: expect.stringContaining("it is not known") },
    );
  });
});

describe("deleting old jobs", () => {
  test("takes the oldest first, no younger than asked and no more than the limit", async () => {
    const world = await operationsWorld();
    const { order, ended, engine, clock } = world;
    for (let i = 0; i < 10; i++) {
      engine.add("billing", "t", {}, { id: `${i}`, delayMs: 100 * HOUR });
      await clock.advance(1_000);
    }
    const { id, selection } = await order("/api/queues/billing/clean", {
      state: "delayed",
      older_than_s: 5,
      limit: 3,
    });
    expect(selection.text).toBe("Delayed jobs created at or before 2026-11-23T14:00:05.000Z");
    expect(await ended(id)).toMatchObject({
      kind: "clean",
      matched: 3,
      succeeded: 3,
      done: 3,
      state: "done",
    });
    const left = await engine.listJobs("billing", "delayed", { order: "oldest", offset: 0, limit: 10 });
    expect(left.rows.map((row) => row.id)).toEqual(["3", "4", "5", "6", "7", "8", "9"]);
  });
});

describe("what is held", () => {
  async function held(options = {}) {
    const world = await operationsWorld({ ...SELDOM, ...options });
    addMany(world, 700);
    const { id } = await world.bulk({ action: "job.remove", selection: { filter: { state: "waiting" } } });
    expect(await world.ended(id)).toMatchObject({ succeeded: 700, held: { state: "held", count: 700 } });
    return { world, id };
  }

  test("is deleted for good when its time is over, and that is on record", async () => {
    const { world, id } = await held();
    await world.clock.advance(24 * HOUR + 60_000);
    expect(await world.ended(id)).toMatchObject({
      state: "done",
      held: { state: "purged", count: 700 },
      note: "700 jobs were deleted for good by Spillway.",
    });
    expect(await world.engine.holds()).toEqual([]);
    expect((await world.recordsOf(id))[0]).toMatchObject({
      action: "operation.purge",
      source: "system",
      status: "success",
      requested: 700,
      affected: 700,
      destructive: true,
    });
    await problemOf(await world.post(`/api/operations/${id}/undo`), 409);
  });

  test("is not deleted while somebody begins to put it back at the very moment its time is over", async () => {
    let gate = Promise.withResolvers<void>();
    gate.resolve();
    const sink = memorySink([], () => gate.promise);
    const { world, id } = await held({ deps: { auditSinks: [sink], auditRequired: true } });
    const { clock, engine, post, order } = world;
    await clock.advance(24 * HOUR - 1_000);
    // The sink is busy with this one: those that come next are safe at the same moment.
    gate = Promise.withResolvers<void>();
    const busy = post("/api/queues/billing/pause");
    const undone = order(`/api/operations/${id}/undo`, {});
    await clock.advance(1_000);
    gate.resolve();
    await Promise.all([busy, undone]);
    expect(await world.ended(id)).toMatchObject({ held: { state: "restored", count: 700 } });
    await world.until(id, () => true);
    expect((await engine.queue("billing")).counts.waiting).toBe(700);
    const purges = (await world.recordsOf(id)).filter(
      ({ action }: { action: string }) => action === "operation.purge",
    );
    expect(purges).toMatchObject([{ status: "failed", affected: 0, error: { code: "conflict" } }]);
  });

  test("can be deleted for good now, by those who may", async () => {
    const { world, id } = await held();
    const path = `/api/operations/${id}/purge`;
    await problemOf(await world.post(path, {}, {}, ["operator"]), 403);
    await world.order(path, { reason: "cards in it" });
    expect(await world.ended(id)).toMatchObject({ held: { state: "purged", count: 700 } });
    expect(await world.engine.holds()).toEqual([]);
    expect(await world.counts()).toMatchObject({ waiting: 0 });
  });

  test("can be put back in part: the rest stays held", async () => {
    const { world, id } = await held({
      replace: (real: World["engine"]) => ({
        releaseHeld: (queue: string, hold: string, limit: number) =>
          real.releaseHeld(queue, hold, Math.min(limit, 50)),
      }),
    });
    await world.order(`/api/operations/${id}/undo`, {});
    await world.until(id, ({ held: now }) => now !== null && now.count < 700);
    await world.post(`/api/operations/${id}/cancel`, {}, {}, ["operator"]);
    const stopped = await world.ended(id);
    const left = stopped.held?.count ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(stopped).toMatchObject({
      state: "done",
      held: { state: "held" },
      note: `Putting back was stopped by Ana: ${left} jobs are still held.`,
    });
    expect((await waiting(world)).length).toBe(700 - left);
    await world.order(`/api/operations/${id}/undo`, {});
    expect(await world.ended(id)).toMatchObject({ held: { state: "restored" } });
    expect((await waiting(world)).length).toBe(700);
  });

  test("is put back once though answers are lost", async () => {
    let calls = 0;
    const { world, id } = await held({
      replace: (real: World["engine"]) => ({
        releaseHeld: async (...call: Parameters<typeof real.releaseHeld>) => {
          const moved = await real.releaseHeld(...call);
          if (calls++ % 2 === 0) throw new EngineError("outcome_unknown", "No answer.");
          return moved;
        },
      }),
    });
    await world.order(`/api/operations/${id}/undo`, {});
    for (let i = 0; i < 20; i++) {
      await world.clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect(await world.ended(id)).toMatchObject({ held: { state: "restored", count: 700 } });
    expect((await world.recordsOf(id))[0]).toMatchObject({ action: "operation.undo", affected: 700 });
    expect((await waiting(world)).length).toBe(700);
  });

  test("by an earlier process is found, and can be put back", async () => {
    const world = await operationsWorld({
      ...SELDOM,
      wrapEngine: (engine) => {
        for (let i = 0; i < 5; i++) engine.add("billing", "t", {});
        void engine.holdWaiting(
          "billing",
          { id: "old", until: Date.UTC(2026, 10, 24) },
          { includeDelayed: false },
        );
        return engine;
      },
    });
    const found = await world.get("old");
    expect(found).toMatchObject({
      state: "done",
      held: { state: "held", count: 5 },
      undo_until: "2026-11-24T00:00:00.000Z",
      actor: "unknown",
      note: "Held by an earlier process or another console.",
    });
    expect(await world.json(`/api/audit/${found.audit_id}`)).toMatchObject({ action: "operation.found" });
    await world.order("/api/operations/old/undo", {});
    await world.ended("old");
    expect((await waiting(world)).length).toBe(5);
  });

  test("that another console put back is held no more", async () => {
    const { world, id } = await held();
    await world.engine.releaseHeld("billing", id, 1_000);
    await world.clock.advance(60_000);
    expect(await world.get(id)).toMatchObject({
      held: null,
      note: expect.stringContaining("another console"),
    });
  });
});

test("where the engine can't hold, jobs are deleted and that is said before", async () => {
  const why = "This engine can't move jobs aside.";
  const world = await operationsWorld({
    replace: (real) => ({ capabilities: { ...real.capabilities, hold: why } }),
  });
  const { preview, order, ended, counts, post } = world;
  addMany(world, 250);
  world.engine.add("billing", "t", {}, { id: "later", delayMs: HOUR });
  expect((await preview("job.remove", { filter: { state: "waiting" } })).can_undo).toBe(why);
  const { id } = await order(DRAIN, { include_delayed: true });
  expect(await ended(id)).toMatchObject({ matched: 251, succeeded: 251, held: null, undo_until: null });
  expect(await counts()).toMatchObject({ waiting: 0, delayed: 0 });
  expect(await problemOf(await post(`/api/operations/${id}/undo`), 501)).toMatchObject({
    detail: why,
    capability: "hold",
  });
});
