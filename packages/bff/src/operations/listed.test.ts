import { expect, test } from "vitest";
import { FAILED, operationsWorld } from "./operations.fixture.ts";

test("what goes on or holds jobs is told apart, however much ended since", async () => {
  const { fail, bulk, order, ended, engine, json, clock } = await operationsWorld();
  await fail(100);
  engine.add("other", "t", {});
  const slow = await bulk({ selection: FAILED, rate_per_s: 0.1 });
  const held = await order("/api/queues/other/drain", {});
  await ended(held.id);
  for (let i = 0; i < 60; i++) {
    await clock.advance(1);
    const { id } = await bulk({
      action: "job.remove",
      selection: { ids: [{ id: `job-${i}`, version: "old" }] },
    });
    await ended(id);
  }
  const list = async (query: string) => {
    const { items, total } = await json(`/api/operations?${query}`);
    return [total, ...items.map(({ id }: { id: string }) => id)];
  };
  expect(await list("open=true")).toEqual([2, slow.id, held.id]);
  expect(await list("open=true&queue=other")).toEqual([1, held.id]);
  expect(await list("open=true&queue=nowhere")).toEqual([0]);
  expect((await list("open=false&size=200")).at(0)).toBe(60);
  expect((await list("")).slice(0, 2)).toEqual([62, slow.id]);
});
