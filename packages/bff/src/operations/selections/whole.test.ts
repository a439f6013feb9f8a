import type { ScanOptions } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { problemOf } from "../../app.fixture.ts";
import { FAILED, operationsWorld } from "../operations.fixture.ts";

const BULK = "/api/queues/billing/jobs/bulk";
const RETRY = { action: "job.retry", selection: FAILED };

/** A queue in which a batch of 500 jobs takes 300 ms to read. */
async function slowWorld(failed: number, options = {}) {
  const world = await operationsWorld({
    ...options,
    replace: (real) => ({
      capabilities: { ...real.capabilities, hold: "This engine can't move jobs aside." },
      async *scan(queue: string, wanted: ScanOptions) {
        for await (const batch of real.scan(queue, wanted)) {
          await world.clock.advance(300);
          yield batch;
        }
      },
    }),
  });
  await world.fail(failed);
  const refused = async (path = BULK, body: object = RETRY) => problemOf(await world.post(path, body), 409);
  return { ...world, refused };
}

describe("a filter given straight to an action on many jobs", () => {
  test("begins at once where it can be counted at once", async () => {
    const { bulk, ended } = await slowWorld(3_000);
    const { id } = await bulk({ selection: FAILED });
    expect(await ended(id)).toMatchObject({ matched: 3_000, succeeded: 3_000 });
  });

  test.each([BULK, "/api/queues/billing/redrives"])(
    "else is refused soon, with a token to ask on by: %s",
    async (path) => {
      const { refused, clock, json, order, counts } = await slowWorld(10_000);
      const body = path === BULK ? RETRY : { selection: FAILED };
      const before = clock.now();
      const { detail, selection_token } = await refused(path, body);
      expect(clock.now() - before).toBeLessThan(2_500);
      expect(detail).toContain("3,500 of 10,000 jobs were looked through");
      expect(await counts()).toMatchObject({ failed: 10_000 });
      const asked = `/api/selections/${selection_token}`;
      while (!(await json(asked)).complete);
      const { matched } = await order(path, { ...body, selection: { token: selection_token } });
      expect(matched).toBe(10_000);
    },
  );

  test("asked for again goes on where it stopped, and acts on each job once", async () => {
    const { refused, bulk, ended, counts } = await slowWorld(9_000);
    const first = await refused();
    const second = await refused();
    expect(second.selection_token).toBe(first.selection_token);
    expect(second.detail).toContain("7,000 of 9,000");
    const { id } = await bulk({ selection: FAILED });
    expect(await ended(id)).toMatchObject({ matched: 9_000, succeeded: 9_000, skipped: 0 });
    expect(await counts()).toMatchObject({ failed: 0 });
  });

  test("asked for again later is counted anew: newer jobs are meant too", async () => {
    const { refused, clock } = await slowWorld(9_000);
    const first = await refused();
    await clock.advance(61_000);
    const later = await refused();
    expect(later.selection_token).not.toBe(first.selection_token);
    expect(later.detail).toContain("3,500 of 9,000");
  });
});

test("old jobs of a queue too large to look through at once are deleted by asking again", async () => {
  const { refused, order, ended, fail } = await slowWorld(20_000);
  const clean = ["/api/queues/billing/clean", { state: "failed" }] as const;
  const first = await refused(...clean);
  expect(first.detail).toContain("17,000 of 20,000");
  await fail(5, "newer-");
  const { id } = await order(...clean);
  expect(await ended(id)).toMatchObject({ kind: "clean", matched: 20_000, succeeded: 20_000 });
});
