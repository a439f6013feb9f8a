import { describe, expect, test } from "vitest";
import { problemOf } from "../app.fixture.ts";
import { FAILED, operationsWorld } from "./operations.fixture.ts";

type World = Awaited<ReturnType<typeof operationsWorld>>;

/** Seconds of its life, each with some turns of the event loop. */
async function pass({ clock }: World, seconds: number): Promise<void> {
  for (let i = 0; i < seconds * 10; i++) {
    await clock.advance(100);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

describe("the hand on the valve", () => {
  test.each([5, 50, 999])("never lets more than %i jobs a second through", async (rate) => {
    const world = await operationsWorld();
    await world.fail(rate * 3);
    const { id } = await world.bulk({ selection: FAILED, rate_per_s: rate });
    for (let second = 1; second <= 3; second++) {
      await pass(world, 1);
      const { done } = await world.get(id);
      const chunk = Math.min(200, Math.ceil(rate / 4));
      expect(done).toBeLessThanOrEqual(rate * second + chunk);
      expect(done).toBeGreaterThanOrEqual(rate * second - chunk);
    }
    expect((await world.ended(id)).succeeded).toBe(rate * 3);
  });

  test("pauses at once, goes on and tells who did it", async () => {
    const world = await operationsWorld();
    await world.fail(100);
    const { id } = await world.bulk({ selection: FAILED, rate_per_s: 10 });
    await pass(world, 2);
    const path = `/api/operations/${id}`;
    const reply = await world.post(`${path}/pause`, { reason: "look" }, {}, ["operator"]);
    const { operation, audit_id } = await reply.json();
    expect(operation).toMatchObject({
      state: "paused",
      note: "Paused by Ana.",
      speed_per_s: null,
      eta_s: null,
    });
    expect(await world.json(`/api/audit/${audit_id}`)).toMatchObject({
      action: "operation.pause",
      queue: "billing",
      operation_id: id,
      status: "success",
      affected: 1,
      details: { from: "running", to: "paused" },
    });
    const { done } = await world.get(id);
    await pass(world, 5);
    expect((await world.get(id)).done).toBe(done);
    expect((await (await world.post(`${path}/pause`)).json()).operation.state).toBe("paused");
    await world.post(`${path}/resume`);
    const resumed = await world.get(id);
    expect(resumed).toMatchObject({ state: "running", note: null });
    await pass(world, 9);
    expect(await world.ended(id)).toMatchObject({ state: "done", succeeded: 100 });
  });

  test("cancels at once, even while paused; what is done stays done", async () => {
    const world = await operationsWorld();
    await world.fail(100);
    const { id } = await world.bulk({ selection: FAILED, rate_per_s: 10 });
    await pass(world, 3);
    await world.post(`/api/operations/${id}/pause`);
    await world.post(`/api/operations/${id}/cancel`, {}, {}, ["operator"]);
    const over = await world.ended(id);
    expect(over).toMatchObject({ state: "cancelled", note: "Stopped by Ana.", eta_s: null });
    expect(over.done).toBe(over.succeeded);
    expect(await world.counts()).toMatchObject({ waiting: over.done, failed: 100 - over.done });
    const record = await world.json(`/api/audit/${over.audit_id}`);
    expect(record).toMatchObject({
      status: "success",
      requested: 100,
      affected: over.done,
      details: { not_done: 100 - over.done, note: "Stopped by Ana." },
    });
    for (const hand of ["pause", "resume", "cancel", "advance"])
      expect((await problemOf(await world.post(`/api/operations/${id}/${hand}`), 409)).detail).toContain(
        "ended",
      );
    await world.bulk({ selection: FAILED });
  });

  test("tells how fast it goes and when it will be done", async () => {
    const world = await operationsWorld();
    await world.fail(100);
    const { id } = await world.bulk({ selection: FAILED, rate_per_s: 10 });
    await pass(world, 4);
    const { speed_per_s, eta_s } = await world.get(id);
    expect(speed_per_s).toBeGreaterThan(8);
    expect(speed_per_s).toBeLessThan(12);
    expect(eta_s).toBeGreaterThan(4);
    expect(eta_s).toBeLessThan(8);
  });

  test("of an operation that is not there turns nothing", async () => {
    const { post } = await operationsWorld();
    const problem = await problemOf(await post("/api/operations/gone/pause"), 404);
    expect(problem.detail).toContain("audit");
    expect(problem.audit_id).toBeTruthy();
  });
});

test("the stream tells of it, but no more than four times a second", async () => {
  const world = await operationsWorld();
  await world.fail(400);
  const reader = (await world.send("/api/events?topic=operation")).body?.getReader();
  let text = "";
  let isOver = false;
  const reading = (async () => {
    while (!isOver) text += new TextDecoder().decode((await reader?.read())?.value);
  })();
  const { id } = await world.bulk({ selection: FAILED, rate_per_s: 100 });
  await pass(world, 5);
  isOver = true;
  await reader?.cancel();
  await reading;
  const told = [...text.matchAll(/event: operation\ndata: (.*)\n/g)].map(([, data]) =>
    JSON.parse(data ?? ""),
  );
  expect(told.length).toBeGreaterThan(10);
  expect(told.length).toBeLessThanOrEqual(5 * 4 + 1);
  expect(told.at(-1)).toMatchObject({ id, state: "done", succeeded: 400 });
});

test("another scenario ends what goes on in this one", async () => {
  const world = await operationsWorld({ scenario: "healthy" });
  await world.fail(100);
  const { id } = await world.bulk({ selection: FAILED, rate_per_s: 1 });
  await world.post("/api/scenario", { name: "backlog" });
  expect(await world.ended(id)).toMatchObject({ state: "cancelled" });
});
