import { createEmbeddedEngine, createManualClock } from "@spillway/engine-embedded";
import { describe, expect, test } from "vitest";
import { problemOf, START } from "../app.fixture.ts";
import { createPolicy } from "../auth/index.ts";
import { FAILED, operationsWorld } from "./operations.fixture.ts";

const MINUTE = 60_000;
const BULK = "/api/queues/billing/jobs/bulk";
type World = Awaited<ReturnType<typeof operationsWorld>>;

const inMinutes = ({ clock }: Pick<World, "clock">, minutes: number): string =>
  new Date(clock.now() + minutes * MINUTE).toISOString();

/** Ten failed jobs, and a retry of them in an hour. */
async function scheduled(options = {}) {
  const world = await operationsWorld({ config: { sampleIntervalMs: 300_000 }, ...options });
  await world.fail(10);
  const starts_at = inMinutes(world, 60);
  const operation = await world.bulk({ selection: FAILED, starts_at });
  return { ...world, ...operation, starts_at };
}

describe("an operation that is to begin later", () => {
  test("waits for its time, then acts on the jobs that were frozen", async () => {
    const { id, get, ended, fail, clock, counts, starts_at, recordsOf } = await scheduled();
    expect(await get(id)).toMatchObject({ state: "scheduled", starts_at, started_at: null, done: 0 });
    await fail(5, "later-");
    await clock.advance(59 * MINUTE);
    expect(await counts()).toMatchObject({ failed: 15 });
    await clock.advance(2 * MINUTE);
    expect(await ended(id)).toMatchObject({
      state: "done",
      matched: 10,
      succeeded: 10,
      started_at: starts_at,
    });
    expect(await counts()).toMatchObject({ failed: 5, waiting: 10 });
    expect(await recordsOf(id)).toMatchObject([{ status: "success", affected: 10, details: { starts_at } }]);
  });

  test("can be stopped before, and then has done nothing", async () => {
    const { id, ended, post, clock, counts } = await scheduled();
    await post(`/api/operations/${id}/cancel`, {}, {}, ["operator"]);
    expect(await ended(id)).toMatchObject({
      state: "cancelled",
      note: "Stopped by Ana.",
      done: 0,
      started_at: null,
    });
    await clock.advance(120 * MINUTE);
    expect(await counts()).toMatchObject({ failed: 10 });
  });

  test("paused past its time begins when it is resumed", async () => {
    const { id, get, ended, post, clock, counts } = await scheduled();
    await post(`/api/operations/${id}/pause`);
    await clock.advance(90 * MINUTE);
    expect(await get(id)).toMatchObject({ state: "paused", done: 0 });
    expect(await counts()).toMatchObject({ failed: 10 });
    await post(`/api/operations/${id}/resume`);
    expect(await ended(id)).toMatchObject({ state: "done", succeeded: 10 });
  });

  test("keeps nobody from acting at once, and waits until that has ended", async () => {
    const { id, until, ended, bulk, fail, clock, post } = await scheduled();
    const second = await post(BULK, {
      action: "job.retry",
      selection: FAILED,
      starts_at: inMinutes({ clock }, 5),
    });
    expect((await problemOf(second, 409)).detail).toMatch(/^Anonymous ordered the same in billing already/);
    await clock.advance(59 * MINUTE);
    await fail(40, "more-");
    const ids = Array.from({ length: 40 }, (_, i) => ({ id: `more-${i}` }));
    const now = await bulk({ selection: { ids }, rate_per_s: 0.1 });
    await clock.advance(2 * MINUTE - 1);
    const waits = await until(id, ({ note }) => note !== null);
    expect(waits).toMatchObject({ state: "scheduled", note: expect.stringContaining("has ended") });
    await post(`/api/operations/${now.id}/cancel`);
    await ended(now.id);
    await clock.advance(1_000);
    expect(await ended(id)).toMatchObject({ state: "done", succeeded: 10, note: null });
  });

  test("a redrive begins its first phase then", async () => {
    const { order, get, fail, clock, until, ...world } = await operationsWorld();
    await fail(30);
    const starts_at = inMinutes({ clock }, 1);
    const { id } = await order("/api/queues/billing/redrives", { selection: FAILED, starts_at });
    expect(await get(id)).toMatchObject({ state: "scheduled" });
    expect((await problemOf(await world.post(`/api/operations/${id}/advance`), 409)).detail).toContain(
      "not begun",
    );
    await clock.advance(MINUTE);
    expect((await until(id, ({ done }) => done > 0)).phases[0]).toMatchObject({ retried: 10 });
  });

  test("begins at once where its time has passed, and is refused where it is far off", async () => {
    const world = await operationsWorld();
    await world.fail(3);
    const far = { action: "job.retry", selection: FAILED, starts_at: inMinutes(world, 8 * 24 * 60) };
    expect((await problemOf(await world.post(BULK, far), 400)).issues?.[0]?.path).toBe("starts_at");
    const { id } = await world.bulk({ selection: FAILED, starts_at: inMinutes(world, -5) });
    expect(await world.ended(id)).toMatchObject({ state: "done", starts_at: null, succeeded: 3 });
  });
});

describe("after a restart", () => {
  async function restarted(minutesLater: number, policy = createPolicy()) {
    const clock = createManualClock(START);
    const engine = createEmbeddedEngine({ clock });
    for (let i = 0; i < 10; i++)
      engine.add("billing", "t", {}, { id: `${i}`, delayMs: 10 * 24 * 60 * MINUTE });
    const lines: string[] = [];
    const operationsStore = {
      append: async (line: string) => void lines.push(line),
      async *readBack() {
        yield* lines;
      },
      replace: async (all: Iterable<string>) => void lines.splice(0, Number.POSITIVE_INFINITY, ...all),
    };
    const start = (by = createPolicy()) =>
      operationsWorld({
        config: { sampleIntervalMs: 300_000 },
        wrapEngine: () => Object.create(engine),
        deps: { clock, operationsStore, policy: by },
      });
    const first = await start();
    const selection = { filter: { state: "delayed" } };
    const { id } = await first.bulk({
      action: "job.promote",
      selection,
      starts_at: inMinutes({ clock }, 60),
    });
    await first.close();
    await clock.advance(minutesLater * MINUTE);
    const second = await start(policy);
    return { ...second, clock, engine, id };
  }

  test("it waits on, and begins when its time has come", async () => {
    const { get, ended, clock, id } = await restarted(30);
    expect(await get(id)).toMatchObject({ state: "scheduled", done: 0 });
    await clock.advance(31 * MINUTE);
    expect(await ended(id)).toMatchObject({ state: "done", succeeded: 10 });
  });

  test("it waits for a person where nothing may be done to its queue any more", async () => {
    const readOnly = createPolicy({ readOnlyQueues: ["bill*"] });
    const { get, clock, id, engine, post } = await restarted(30, readOnly);
    await clock.advance(40 * MINUTE);
    expect(await get(id)).toMatchObject({
      state: "paused",
      done: 0,
      note: "Paused by the console, as the queue is read-only now.",
    });
    await problemOf(await post(`/api/operations/${id}/resume`), 403);
    expect((await engine.queue("billing")).counts.delayed).toBe(10);
  });

  test("it begins a little late, but nothing is made up for that is long past", async () => {
    const little = await restarted(65);
    expect(await little.ended(little.id)).toMatchObject({ state: "done", succeeded: 10 });
    const long = await restarted(75);
    expect(await long.ended(long.id)).toMatchObject({
      state: "failed",
      done: 0,
      note: "It was to begin at 2026-11-23 15:00Z, when the console was not running: nothing was done.",
    });
    expect((await long.engine.queue("billing")).counts.delayed).toBe(10);
  });
});
