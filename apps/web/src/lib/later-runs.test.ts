import { expect, it } from "vitest";
import { laterRuns } from "./later-runs.ts";

it("names the runs after the next, with the day where it changes", () => {
  const hourly = ["2026-11-23T22:00:00Z", "2026-11-23T23:00:00Z", "2026-11-24T00:00:00Z"];
  expect(laterRuns(hourly)).toBe("then 23:00Z, 11-24 00:00Z");
  expect(laterRuns(["2026-11-23T22:00:00Z"])).toBeNull();
  expect(laterRuns([])).toBeNull();
});
