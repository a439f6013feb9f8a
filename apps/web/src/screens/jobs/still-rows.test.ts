import type { JobSummary } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { allOf, arrived, type JobPage, settled } from "./still-rows.ts";

/** A job that ended so many seconds after noon. */
const job = (second: number): JobSummary => ({
  id: String(second),
  queue: "billing",
  task: "invoice.charge",
  state: "failed",
  created_at: "2026-11-25T12:00:00.000Z",
  waiting_since: null,
  started_at: null,
  finished_at: new Date(Date.UTC(2026, 10, 25, 12, 0, second)).toISOString(),
  run_at: null,
  run_ms: null,
  wait_ms: null,
  progress: null,
  priority: 0,
  version: "1",
  attempts_made: 3,
  max_attempts: 3,
  error: null,
  payload_preview: null,
  payload_bytes: null,
  worker_id: null,
  flags: [],
});

const page = (seconds: readonly number[], total = 100, size = 4): JobPage => ({
  kind: "page",
  items: seconds.map(job),
  page: 1,
  size,
  total,
  as_of: "2026-11-25T12:01:00.000Z",
});
const idsOf = ({ rows }: { rows: readonly JobSummary[] }) => rows.map(({ id }) => Number(id));
const first = allOf(page([8, 7, 6, 5]));

it("keeps rows in their places while newer jobs come in above", () => {
  const fresh = page([11, 10, 9, 8], 103);
  expect(idsOf(settled(first, fresh))).toEqual([8, 7, 6, 5]);
  expect(arrived(settled(first, fresh), fresh)).toBe(3);
});

it("counts those too that came and were pushed off the page by still newer ones", () => {
  const fresh = page([31, 30, 29, 28], 123);
  expect(arrived(settled(first, fresh), fresh)).toBe(23);
});

it("takes away what left, e.g. as it was retried", () => {
  const fresh = page([9, 8, 6, 5], 100);
  const shown = settled(first, fresh);
  expect(idsOf(shown)).toEqual([8, 6, 5]);
  expect(arrived(shown, fresh)).toBe(1);
});

it("shows all anew once most are gone", () => {
  expect(idsOf(settled(first, page([4, 3, 2, 1], 96)))).toEqual([4, 3, 2, 1]);
  expect(idsOf(settled(first, page([], 0)))).toEqual([]);
  expect(idsOf(settled(allOf(page([], 0)), page([9], 1)))).toEqual([9]);
});

it("shows rows as they are now", () => {
  const changed = { ...job(7), attempts_made: 4 };
  const fresh = { ...page([8, 7, 6, 5]), items: [job(8), changed, job(6), job(5)] };
  expect(settled(first, fresh).rows[1]).toBe(changed);
  expect(arrived(settled(first, fresh), fresh)).toBe(0);
});
