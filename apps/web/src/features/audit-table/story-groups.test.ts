import type { AuditRecord } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { storyOf } from "./audit-rows.ts";
import { groupedStory } from "./story-groups.ts";

const retried = (job_id: string, minute: number, over: object = {}) =>
  ({
    id: job_id,
    timestamp: new Date(Date.UTC(2026, 0, 15, 14, minute)).toISOString(),
    action: "job.retry",
    status: "success",
    queue: "billing",
    job_id,
    operation_id: null,
    actor: { id: "ana", name: "ana" },
    reason: null,
    source: "ui",
    error: null,
    details: {},
    ...over,
  }) as AuditRecord;

const shapeOf = (records: AuditRecord[]) =>
  groupedStory(storyOf(records, [])).map((entry) =>
    entry.kind === "group" ? entry.records.map(({ job_id }) => job_id).join() : entry.id,
  );

it("puts what was noticed where it happened, not where it was seen", () => {
  const between = { from: null, to: "2026-01-15T14:02:00.000Z" };
  const seen = retried("seen", 9, { source: "observed", job_id: null, details: { observed: "…", between } });
  expect(shapeOf([retried("1", 0, { queue: "sms" }), retried("2", 5), seen])).toEqual(["1", "seen", "2"]);
});

it("joins what differs in nothing but the job, as long as it goes on", () => {
  expect(shapeOf([retried("1", 0), retried("2", 1), retried("3", 5), retried("4", 20)])).toEqual([
    "1,2,3",
    "4",
  ]);
});

it("keeps apart what another did, elsewhere, for another reason, to many, or what was refused", () => {
  const others = [
    retried("2", 1, { actor: { id: "ben", name: "ben" } }),
    retried("3", 2, { queue: "emails" }),
    retried("4", 3, { reason: "again" }),
    retried("5", 4, { operation_id: "01K", job_id: null }),
    retried("6", 5, { status: "failed", error: { code: "forbidden", message: "no" } }),
    retried("7", 6, { status: "failed", error: { code: "forbidden", message: "no" } }),
  ];
  expect(shapeOf([retried("1", 0), ...others])).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
});
