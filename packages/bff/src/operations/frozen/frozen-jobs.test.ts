import fc from "fast-check";
import { expect, test } from "vitest";
import { BLOCK, FrozenJobs } from "./frozen-jobs.ts";

const job = fc.record({
  id: fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((text) => text.toWellFormed()),
  version: fc.option(fc.string({ maxLength: 8 }).map((text) => text.toWellFormed())),
  group: fc.nat({ max: 65_535 }),
});

test("frozen jobs come out as they went in, in any order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(job, { minLength: 1, maxLength: 3 * BLOCK, size: "max" }), async (jobs) => {
      const frozen = new FrozenJobs();
      for (const { id, version, group } of jobs) frozen.add(id, version, group);
      expect(frozen.size).toBe(jobs.length);
      expect([...frozen.groups]).toEqual(jobs.map(({ group }) => group));
      const backwards = jobs.map((_, i) => jobs.length - 1 - i);
      const wanted = backwards.map((i) => jobs[i]);
      expect(frozen.targets(backwards)).toEqual(
        wanted.map((one) =>
          one?.version === null ? { id: one.id } : { id: one?.id, expectVersion: one?.version },
        ),
      );
      expect([...frozen.blocks()].flatMap(({ ids }) => ids)).toEqual(jobs.map(({ id }) => id));
      const id = jobs.at(-1)?.id ?? "";
      expect(await frozen.indexOf(id)).toBe(jobs.findIndex((one) => one.id === id));
      expect(await frozen.indexOf("none of them has this id")).toBe(-1);
    }),
    { numRuns: 20 },
  );
});

test("a million take no more than their texts", () => {
  const frozen = new FrozenJobs();
  const before = process.memoryUsage();
  for (let i = 0; i < 200_000; i++) frozen.add(`${1_000_000 + i}`, `failed:1:1:${1_700_000_000_000 + i}`, 0);
  const grown = process.memoryUsage().arrayBuffers - before.arrayBuffers;
  expect(grown).toBeLessThan(200_000 * 60);
});
