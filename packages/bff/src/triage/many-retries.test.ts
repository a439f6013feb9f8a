import { expect, test } from "vitest";
import { FAILED, operationsWorld, TIMEOUT } from "../operations/operations.fixture.ts";

const REFUSED = { name: "RangeError", message: "amount 12 is negative", stack: null };

/** A queue with jobs that failed in two ways; those that timed out complete from now on. */
async function mended(options: Parameters<typeof operationsWorld>[0] = {}) {
  const world = await operationsWorld(options);
  await world.fail(300, "late-", TIMEOUT);
  await world.fail(40, "bad-", REFUSED);
  const simulate = ({ id }: { id: string }) => ({ ms: 10, ...(id.startsWith("bad") && { error: REFUSED }) });
  const work = () => world.engine.addWorker({ queues: ["billing"], concurrency: 500, simulate });
  await world.clock.advance(2_000);
  const shapes = (await world.json("/api/queues/billing/dlq/shapes")).items;
  const idOf = (name: string): string =>
    shapes.find(({ error_name }: { error_name: string }) => error_name === name).id;
  const retries = async (name: string) =>
    (await world.json("/api/queues/billing/dlq/retries")).items.find(
      ({ shape_id }: { shape_id: string }) => shape_id === idOf(name),
    );
  return { ...world, work, idOf, retries };
}

test("a bulk retry counts with all its jobs, and some of each error tell how they ended", async () => {
  const { bulk, ended, work, clock, retries, engine, json, idOf } = await mended();
  engine.defineQueue("billing", { keepCompleted: 10 });
  const { id } = await bulk({ selection: FAILED });
  await ended(id);
  expect(await retries("TimeoutError")).toMatchObject({ jobs: 300, still_open: 200, not_looked_at: 100 });
  work();
  await clock.advance(2_000);
  // Those that were watched were heard to complete before the engine let go of them.
  expect((await engine.queue("billing")).counts.completed).toBe(10);
  expect(await retries("TimeoutError")).toMatchObject({
    completed: 200,
    failed_again: 0,
    not_looked_at: 100,
  });
  expect(await retries("RangeError")).toMatchObject({
    jobs: 40,
    completed: 0,
    failed_again: 40,
    still_open: 0,
    unknown: 0,
    not_looked_at: 0,
    by: ["Anonymous"],
  });
  const { items } = await json(`/api/audit?action=job.retry&q=${idOf("RangeError")}`);
  expect(items).toMatchObject([{ operation_id: id, details: { error_shapes: expect.any(Array) } }]);
});

test("a redrive counts by the fate of each job", async () => {
  const { order, work, clock, get, retries, idOf } = await mended();
  work();
  const filter = { state: "failed", error_shape: idOf("TimeoutError") };
  const { id } = await order("/api/queues/billing/redrives", { selection: { filter } });
  for (let i = 0; i < 400 && (await get(id)).state !== "done"; i++) {
    await clock.advance(500);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  expect(await retries("TimeoutError")).toMatchObject({ jobs: 300, completed: 300, not_looked_at: 0 });
  expect(await retries("RangeError")).toBeUndefined();
});

test("one that was retried again, by whatever, had failed again", async () => {
  const { bulk, ended, work, clock, retries, post } = await mended();
  work();
  const ids = Array.from({ length: 10 }, (_, i) => ({ id: `bad-${i}` }));
  const first = await bulk({ selection: { ids } });
  await ended(first.id);
  await clock.advance(2_000);
  await post("/api/queues/billing/jobs/bad-0/retry", {}, {}, ["operator"]);
  await clock.advance(2_000);
  const second = await bulk({ selection: { ids: ids.slice(0, 4) } });
  await ended(second.id);
  await clock.advance(2_000);
  expect(await retries("RangeError")).toMatchObject({
    jobs: 15,
    failed_again: 15,
    by: ["Anonymous", "Ana"],
  });
});

test("how they ended outlives the process", async () => {
  const lines: string[] = [];
  const operationsStore = {
    append: async (line: string) => void lines.push(line),
    async *readBack() {
      yield* lines;
    },
    replace: async (all: Iterable<string>) => void lines.splice(0, Number.POSITIVE_INFINITY, ...all),
  };
  const first = await mended({ deps: { operationsStore } });
  const { id } = await first.bulk({ selection: FAILED });
  await first.ended(id);
  first.work();
  await first.clock.advance(2_000);
  expect(await first.retries("TimeoutError")).toMatchObject({ completed: 200, not_looked_at: 100 });
  await first.close();
  for (let i = 0; i < 300; i++) await first.engine.removeJob("billing", `late-${i}`);
  const second = await operationsWorld({
    wrapEngine: () => Object.create(first.engine),
    deps: { clock: first.clock, operationsStore },
  });
  const { items } = await second.json("/api/queues/billing/dlq/retries");
  expect(items).toContainEqual(
    expect.objectContaining({ jobs: 300, completed: 200, unknown: 0, not_looked_at: 100 }),
  );
});
