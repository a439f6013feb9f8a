import type { Breakdown } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { gather } from "./known-values.ts";

const counted = (counts: Record<string, number>, complete = true): { data: Breakdown } => ({
  data: {
    groups: Object.entries(counts).map(([key, count]) => ({
      key,
      shape_id: null,
      count,
      share: 0,
      oldest_at: null,
      stalled: null,
      sample_job_ids: [],
    })),
    groups_total: 1,
    oldest_at: null,
    stalled: null,
    paths: [],
    opened: null,
    scanned: 1,
    total_to_scan: 1,
    complete,
    as_of: "2026-11-23T14:00:00.000Z",
  },
});

it("says of a value what was counted, in each state that was looked at", () => {
  const asked = [
    { by: "task", state: "active" },
    { by: "task", state: "failed" },
  ] as const;
  const { task } = gather(asked, [
    counted({ "invoice.charge": 12 }),
    counted({ "invoice.charge": 1030, "invoice.batch": 3 }, false),
  ]);
  expect(task.map(({ value, note }) => [value, note])).toEqual([
    ["invoice.charge", "12 active, 1,030 or more failed"],
    ["invoice.batch", "3 or more failed"],
  ]);
});
