import type { JobList, JobSummary } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { scanWords } from "./list-status.tsx";
import { joinParts } from "./scan.ts";

const row = (id: string, state: JobSummary["state"] = "failed") => ({ id, state }) as JobSummary;
const part = (next: Partial<Extract<JobList, { kind: "scan" }>>): JobList => ({
  kind: "scan",
  items: [],
  next_cursor: "more",
  scanned: 0,
  total_to_scan: 0,
  complete: false,
  matches_by_state: {},
  as_of: "2026-11-23T14:00:00.000Z",
  ...next,
});

it("adds up what follows one cursor", () => {
  const first = part({
    items: [row("a"), row("b")],
    scanned: 20_000,
    total_to_scan: 43_914,
    matches_by_state: { failed: 2 },
  });
  const scan = joinParts([first]);
  expect(scanWords(scan, true)).toBe("2 of 43,914 jobs match so far · scanned 46 %");
  const last = part({
    items: [row("b", "active"), row("c")],
    scanned: 23_914,
    total_to_scan: 23_914,
    complete: true,
    next_cursor: null,
    matches_by_state: { failed: 3 },
  });
  const whole = joinParts([first, last]);
  expect(whole.jobs.map(({ id, state }) => [id, state])).toEqual([
    ["a", "failed"],
    ["b", "active"],
    ["c", "failed"],
  ]);
  expect(scanWords(whole, true)).toBe("3 of 43,914 jobs match · scanned 100 %");
});

it("never says that all was scanned before it was", () => {
  const scan = joinParts([part({ scanned: 9999, total_to_scan: 10_000 })]);
  expect(scanWords(scan, true)).toBe("0 of 10,000 jobs match so far · scanned 99 %");
});
