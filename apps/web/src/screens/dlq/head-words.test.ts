import type { ShapeRetries } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { earlierWords, keptWords } from "./head-words.ts";

const item = (jobs: number): ShapeRetries["items"][number] => ({
  shape_id: `of ${jobs}`,
  jobs,
  completed: jobs,
  failed_again: 0,
  still_open: 0,
  unknown: 0,
  not_looked_at: 0,
  last_at: "2026-11-23T14:00:00.000Z",
  by: ["ana"],
});

it("counts the retried jobs as each error counts its own", () => {
  const told = { since: "2026-11-23T14:00:00.000Z", as_of: "2026-11-23T14:10:00.000Z" };
  expect(earlierWords({ ...told, items: [item(15), item(5)] })).toMatch(/^Earlier retries: 20 jobs since /);
  expect(earlierWords({ ...told, items: [] })).toMatch(/^No earlier retries since /);
});

it("says that older failures are gone by the queue's own rule, where they are", () => {
  const full = { kept: { count: 2_000, age_s: null }, total_failed: 2_004 };
  expect(keptWords(full)).toBe(
    "Only the newest 2,000 are kept: the first may have failed earlier than shown",
  );
  expect(keptWords({ ...full, total_failed: 80 })).toBeNull();
  expect(keptWords({ kept: { count: null, age_s: 86_400 }, total_failed: 8 })).toContain("kept for 1 d");
  expect(keptWords({ kept: null, total_failed: 8 })).toBeNull();
});
