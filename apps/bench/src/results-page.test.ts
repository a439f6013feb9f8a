import { expect, it } from "vitest";
import { type Comparison, isGreen, type Line, leadOf, standingOf } from "./bench.ts";
import { resultsPage, shown } from "./results-page.ts";

const line = (ours: number, more: Partial<Line> = {}): Line => ({
  what: "answer, p50",
  unit: "ms",
  better: "less",
  ours,
  peers: {},
  asked: null,
  ...more,
});

it("is ahead only of everybody, and only within its own bound", () => {
  const peers = { "bull-board": 20, Workbench: "has none" };
  expect(standingOf(line(10, { peers }))).toBe("ahead");
  expect(standingOf(line(10, { peers, asked: 5 }))).toBe("behind");
  expect(standingOf(line(10, { peers: { ...peers, Workbench: 9 } }))).toBe("behind");
  expect(standingOf(line(10, { asked: 10 }))).toBe("as asked");
  expect(standingOf(line(10))).toBe("told");
  expect(standingOf(line(10, { better: "more", peers }))).toBe("behind");
  expect(standingOf(line(Number.NaN, { peers }))).toBe("behind");
});

it("compares with the best of the others", () => {
  expect(leadOf(line(10, { peers: { "bull-board": 40, Workbench: 20 } }))).toBe(2);
  expect(leadOf(line(10, { better: "more", peers: { "bull-board": 5 } }))).toBe(2);
  expect(leadOf(line(10, { peers: { Workbench: "has none" } }))).toBeNull();
});

it("says where it is behind and why, and is not green while nobody knows", () => {
  const comparison: Comparison = { lines: [line(10, { asked: 5 })], notes: [] };
  expect(isGreen(comparison)).toBe(false);
  const known: Comparison = { lines: [line(10, { asked: 5, why: "It rains" })], notes: ["So it is."] };
  expect(isGreen(known)).toBe(true);
  const page = resultsPage("2 cores", new Date(0), [
    { name: "list", title: "A list", tookMs: 1_000, comparison: known },
  ]);
  expect(page).toContain("- A list: answer, p50. It rains.");
  expect(page).toContain("| answer, p50 | 10 ms |  |  | ≤ 5 ms |  | **behind** |");
  expect(page).toContain("| [A list](#list) |  |  | 1 |");
});

it.each([
  [1_234_567.8, "jobs/s", "1,234,568 jobs/s"],
  [9.87, "ms", "9.9 ms"],
  [0.123, "ms", "0.12 ms"],
  [3, "", "3"],
  [Number.NaN, "ms", "–"],
])("shows %d %s as %s", (value, unit, text) => expect(shown(value, unit)).toBe(text));
