import { describe, expect, it } from "vitest";
import { bulk, drained, passed, phase, redrive } from "../../../test/operations.ts";
import { hasTrouble, operationLine, operationStory } from "./operation-story.ts";

describe("what is told of many jobs acted on", () => {
  it.each([
    [bulk({ state: "scheduled", done: 0 }), "2,310 jobs to be retried; not begun yet."],
    [
      bulk({ state: "scheduled", done: 0, starts_at: "2026-11-24T14:30:00.000Z" }),
      "2,310 jobs to be retried; begins 2026-11-24 14:30:00Z.",
    ],
    [
      bulk(),
      "1,200 of 2,310 (52 %) retried so far; 312 jobs/s, 4 s left. 8 skipped, 2 could not be retried.",
    ],
    [
      bulk({ state: "paused", speed_per_s: null, eta_s: null }),
      "1,200 of 2,310 (52 %) retried so far. 8 skipped, 2 could not be retried.",
    ],
    [
      bulk({ state: "done", done: 2310, succeeded: 2305, skipped: 4, failed: 0, unknown: 1 }),
      "2,305 of 2,310 jobs were retried. 4 skipped, 1 of unknown outcome.",
    ],
    [
      bulk({ state: "cancelled", skipped: 0, failed: 0, done: 2309 }),
      "Stopped at 2,309 of 2,310 (100 %); the other 1 was left alone.",
    ],
    [
      bulk({ state: "failed", skipped: 0, failed: 0 }),
      "Broke off at 1,200 of 2,310 (52 %); the other 1,110 were left alone.",
    ],
    [drained(), "All 12,400 jobs were moved aside."],
    [
      drained({ held: { count: 12_400, state: "restored" } }),
      "All 12,400 jobs were moved aside, then put back.",
    ],
    [
      drained({ held: { count: 12_400, state: "purged" } }),
      "All 12,400 jobs were moved aside, then deleted for good.",
    ],
    [
      drained({ state: "running", held: { count: 3000, state: "restoring" }, speed_per_s: 900 }),
      "Putting jobs back: 3,000 of 12,400 still held, 900 jobs/s.",
    ],
    [drained({ held: null }), "All 12,400 jobs were deleted."],
    [
      bulk({ state: "done", matched: 0, done: 0, succeeded: 0, skipped: 0, failed: 0 }),
      "No job was retried.",
    ],
  ])("%#", (operation, story) => {
    expect(operationStory(operation)).toBe(story);
  });

  it("never says that what was put back is well", () => {
    for (const state of ["running", "done", "cancelled"] as const)
      expect(operationStory(bulk({ state }))).not.toMatch(/completed|success/);
  });
});

describe("what is told of a phased retry", () => {
  const second = phase(2, {
    state: "settling",
    retried: 231,
    completed_again: 168,
    failed_again: 2,
    still_open: 61,
  });
  it.each([
    [redrive(), "Phase 1 of 3: 3 of 10 completed, 0 failed again, 7 open."],
    [
      redrive({ state: "awaiting_verdict", phases: [passed(), second, phase(3)] }),
      "Phase 2 of 3: 168 of 231 completed, 2 failed again, 61 open.",
    ],
    [
      // Somebody went on although the first had failed.
      redrive({ phases: [passed({ state: "regressed" }), second, phase(3)] }),
      "Phase 2 of 3: 168 of 231 completed, 2 failed again, 61 open.",
    ],
    [
      redrive({ state: "awaiting_operator", phases: [passed(), phase(2), phase(3)] }),
      "Phase 1 of 3: 10 of 10 completed, 0 failed again.",
    ],
    [
      redrive({
        state: "failed",
        phases: [phase(1, { state: "regressed", retried: 10, completed_again: 9, gone: 1 })],
      }),
      "Stopped itself at 10 of 2,310 (0.4 %): 9 of 10 completed, 0 failed again, 1 vanished unseen; the other 2,300 were left alone.",
    ],
    [
      redrive({ state: "done", matched: 10, phases: [passed()] }),
      "All 10 jobs were retried: 10 of 10 completed, 0 failed again.",
    ],
  ])("%#", (operation, story) => {
    expect(operationStory(operation)).toBe(story);
  });
});

it("fits into a line of its queue's pages", () => {
  expect(operationLine(bulk())).toBe("Retrying 2,310 jobs: 1,200 of 2,310 (52 %), 312 jobs/s, 4 s left");
  expect(operationLine(redrive())).toBe("Retrying 2,310 jobs in phases: phase 1, 3 of 10 completed");
});

it("stands out where somebody should look", () => {
  expect(
    [bulk({ failed: 0 }), bulk(), redrive(), redrive({ state: "awaiting_operator" })].map(hasTrouble),
  ).toEqual([false, true, false, true]);
});
