import { expect, test } from "vitest";
import { joinRows } from "./joining.ts";
import { FIELDS, type Row } from "./series.ts";

const row = (more: Partial<Row>): Row => ({
  ...(Object.fromEntries(FIELDS.map((field) => [field, null])) as Row),
  ...more,
});

test("a minute that was slow stays to be seen among quick ones that are joined with it", () => {
  const quick = row({ p95Ms: 900, avgMs: 400, throughput: 600, failedAttempts: 0 });
  const slow = row({ p95Ms: 20_000, avgMs: 4_000, throughput: 60, failedAttempts: 0 });
  const joined = joinRows([quick, slow, quick], quick);
  expect(joined.p95Ms).toBe(20_000);
  expect(joined.avgMs).toBeCloseTo((2 * 600 * 400 + 60 * 4_000) / 1_260, 3);
  expect(joinRows([row({}), row({})], row({})).p95Ms).toBeNull();
});
