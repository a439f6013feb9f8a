import { describe, expect, test } from "vitest";
import { operationsWorld } from "../operations.fixture.ts";

const SELDOM = { config: { sampleIntervalMs: 300_000 } };
const DRAIN = "/api/queues/billing/drain";

function addMany({ engine }: Awaited<ReturnType<typeof operationsWorld>>, count: number) {
  for (let i = 0; i < count; i++) engine.add("billing", "t", { i }, { id: `${i}` });
}

describe("the outcomes of deleting all waiting jobs", () => {
  async function drained(count: number) {
    const world = await operationsWorld(SELDOM);
    addMany(world, count);
    const { id } = await world.order(DRAIN, {});
    await world.ended(id);
    const outcomes = (query = "") => world.json(`/api/operations/${id}/outcomes?size=200${query}`);
    return { world, id, outcomes };
  }

  test("name each job as long as it is held", async () => {
    const { outcomes } = await drained(450);
    const pages = await Promise.all([1, 2, 3, 4].map((page) => outcomes(`&page=${page}`)));
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([
      [200, 450],
      [200, 450],
      [50, 450],
      [0, 450],
    ]);
    const ids = pages.flatMap(({ items }) => items.map(({ job_id }: { job_id: string }) => Number(job_id)));
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 450 }, (_, i) => i));
    expect(pages[0].items[0]).toMatchObject({ outcome: "succeeded", fate: null, error: null });
    expect(pages.map(({ untold }) => untold)).toEqual([null, null, null, null]);
    expect(await outcomes("&outcome=failed")).toMatchObject({ items: [], total: 0, untold: null });
  });

  test.each([
    ["undo", "put back"],
    ["purge", "deleted for good"],
  ])("are a number and a sentence after %s", async (what, words) => {
    const { world, id, outcomes } = await drained(30);
    await world.order(`/api/operations/${id}/${what}`, {});
    await world.ended(id);
    const untold = { count: 30, outcome: "succeeded", why: expect.stringContaining(words) };
    expect(await outcomes()).toMatchObject({ items: [], total: 0, untold });
    expect(await outcomes("&outcome=succeeded")).toMatchObject({ untold });
    expect(await outcomes("&outcome=skipped")).toMatchObject({ untold: null });
  });

  test("count what another console put back", async () => {
    const { world, id, outcomes } = await drained(30);
    await world.engine.releaseHeld("billing", id, 10);
    await world.clock.advance(60_000);
    expect(await outcomes()).toMatchObject({ items: { length: 20 }, untold: { count: 10 } });
    await world.engine.releaseHeld("billing", id, 20);
    await world.clock.advance(60_000);
    expect(await world.get(id)).toMatchObject({ held: null, matched: 30, succeeded: 30 });
    expect(await outcomes()).toMatchObject({ items: [], untold: { count: 30 } });
  });

  test("say why fewer or more were moved than were counted", async () => {
    const world = await operationsWorld({
      replace: (real) => ({
        holdWaiting: (...call) => {
          world.engine.add("billing", "t", {});
          return real.holdWaiting(...call);
        },
      }),
    });
    addMany(world, 3);
    const { id } = await world.order(DRAIN, {});
    expect(await world.ended(id)).toMatchObject({
      matched: 4,
      succeeded: 4,
      note: "3 jobs waited when it was ordered, 4 jobs when they were moved.",
    });
  });
});
