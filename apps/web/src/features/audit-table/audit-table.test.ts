import type { AuditRecord } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { typedTime } from "../../lib/typed-time.ts";
import { recordLine } from "./audit-note.ts";
import { filterOf, noFilter } from "./audit-search.ts";
import { effectWords, moveWords } from "./effect-words.ts";

const record = {
  timestamp: "2026-01-15T14:22:07.000Z",
  action: "job.retry",
  status: "success",
  queue: "billing",
  job_id: null,
  actor: { id: "ana", name: "ana", verified: false },
  reason: "provider `recovered`",
  incident: "INC-2231",
  requested: 2110,
  affected: 2100,
  skipped: 10,
  failed: 0,
  error: null,
  details: {},
} as AuditRecord;

it("says what an action did, or why it did nothing", () => {
  expect(effectWords(record)).toBe("2,100 of 2,110, 10 skipped");
  expect(effectWords({ ...record, requested: 1, affected: 1, skipped: 0 })).toBe("");
  const error = { code: "forbidden", message: "Your role may not do this." };
  expect(effectWords({ ...record, status: "failed", error })).toBe("Your role may not do this (forbidden).");
  expect(effectWords({ ...record, status: "unknown" })).toBe("nobody knows whether it happened");
});

it("says how a job moved, only where it did", () => {
  const moved = { ...record, details: { from: "failed", to: "waiting" } };
  expect(moveWords(moved)).toBe("from failed to waiting");
  expect(moveWords({ ...moved, status: "failed" })).toBe("");
  expect(moveWords({ ...moved, details: { from: "failed", to: 3 } })).toBe("");
});

it("says of a job that ran whether its worker stopped", () => {
  const cancelled = {
    ...record,
    action: "job.cancel",
    details: { from: "active", to: "failed", stopped: true },
  };
  expect(moveWords(cancelled)).toBe("stopped, from active to failed");
  expect(moveWords({ ...cancelled, details: { from: "waiting", to: "failed", stopped: true } })).toBe(
    "from waiting to failed",
  );
  const goesOn = { from: "active", to: "active", stopped: false };
  expect(moveWords({ ...cancelled, details: goesOn })).toBe("not stopped: its worker was asked and goes on");
});

it("prints one line for notes that no text in it can break", () => {
  expect(recordLine({ ...record, affected: null })).toBe(
    "2026-01-15 14:22:07Z · `ana` (unverified) · `job.retry` · `billing` · success · “`` provider `recovered` ``” · `INC-2231`",
  );
});

it("asks the API only for what is filtered by", () => {
  expect(filterOf(noFilter)).toEqual({});
  expect(filterOf({ ...noFilter, status: "failed", destructive: true, before: 40 })).toEqual({
    status: "failed",
    destructive: "true",
  });
});

it("reads typed times as UTC and refuses what is none", () => {
  expect(typedTime("2026-11-23 14:02")).toBe("2026-11-23T14:02:00.000Z");
  expect(typedTime("2026-11-23 14:02:11Z")).toBe("2026-11-23T14:02:11.000Z");
  expect(typedTime("2026-11-23")).toBe("2026-11-23T00:00:00.000Z");
  expect(typedTime("yesterday")).toBeNull();
  expect(typedTime("2026-13-40")).toBeNull();
});
