import { describe, expect, it } from "vitest";
import { nextRuns, type Plan, plannedBefore } from "./planned-times.ts";

const at = (time: string) => Date.parse(`2026-03-${time}Z`);
const iso = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(8, 16));

const plan = (change: Partial<Plan>): Plan => ({
  nextRunAt: null,
  pattern: null,
  everyMs: null,
  timezone: null,
  endsAt: null,
  runsLeft: null,
  ...change,
});

describe("planned times", () => {
  it("follow a pattern in its time zone, over a change of the clocks", () => {
    const nightly = plan({
      pattern: "30 3 * * *",
      timezone: "Europe/Berlin",
      nextRunAt: at("28T02:30:00"),
    });
    expect(iso(nextRuns(nightly, 3))).toEqual(["28T02:30", "29T01:30", "30T01:30"]);
    expect(iso([plannedBefore(nightly) ?? 0])).toEqual(["27T02:30"]);
  });

  it("follow a period", () => {
    const often = plan({ everyMs: 90_000, nextRunAt: at("01T10:00:30") });
    expect(iso(nextRuns(often, 3))).toEqual(["01T10:00", "01T10:02", "01T10:03"]);
    expect(iso([plannedBefore(often) ?? 0])).toEqual(["01T09:59"]);
  });

  it("end with the schedule", () => {
    const hourly = plan({ pattern: "0 * * * *", nextRunAt: at("01T10:00:00") });
    expect(nextRuns({ ...hourly, runsLeft: 2 }, 3)).toHaveLength(2);
    expect(nextRuns({ ...hourly, endsAt: at("01T11:30:00") }, 3)).toHaveLength(2);
    expect(nextRuns(plan({}), 3)).toEqual([]);
  });

  it("are not guessed where the pattern does not explain the next one", () => {
    const elsewhere = plan({ pattern: "0 4 * * *", nextRunAt: at("01T09:00:00") });
    const gibberish = plan({ pattern: "RRULE:FREQ=DAILY", nextRunAt: at("01T09:00:00") });
    for (const odd of [elsewhere, gibberish]) {
      expect(nextRuns(odd, 3)).toEqual([at("01T09:00:00")]);
      expect(plannedBefore(odd)).toBeNull();
    }
  });
});
