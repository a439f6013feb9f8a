import { expect, it } from "vitest";
import {
  alsoTime,
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  formatShare,
  plural,
  shortId,
  shownClock,
  shownMinute,
  shownShort,
  shownStamp,
  shownTime,
  utcStamp,
  utcTime,
  wallClock,
} from "./format.ts";
import { isZone, showZone } from "./zone.ts";

it("groups thousands by commas", () => {
  expect(formatCount(41_208)).toBe("41,208");
  expect(formatCount(-1140)).toBe("-1,140");
  expect(formatCount(999)).toBe("999");
  expect(formatCount(null)).toBe("–");
});

it("writes durations in the units that matter", () => {
  expect([0.85, 1.24, 41, 100, 7500, 90_000, 86_400, 59.7].map(formatDuration)).toEqual([
    "850 ms",
    "1.2 s",
    "41 s",
    "1 min 40 s",
    "2 h 5 min",
    "1 d 1 h",
    "1 d",
    "1 min",
  ]);
  expect(formatDuration(null)).toBe("–");
});

it("writes ages, rates, sizes and shares", () => {
  expect([8.9, 660, 7300, 260_000].map(formatAge)).toEqual(["8 s", "11 min", "2 h", "3 d"]);
  expect([0, 0.01, 2.34, 1140.4].map(formatRate)).toEqual(["0", "< 0.1", "2.3", "1,140"]);
  expect([412, 2048, 10_485_760].map(formatBytes)).toEqual(["412 B", "2.0 kB", "10 MB"]);
  expect([0, 0.004, 0.91].map(formatShare)).toEqual(["0 %", "0.4 %", "91 %"]);
});

it("writes times in UTC and leaves out today's date", () => {
  const now = Date.parse("2026-11-23T20:00:00.000Z");
  expect(utcTime("2026-11-23T14:02:11.500Z")).toBe("14:02:11Z");
  expect(shownShort("2026-11-23T14:02:11.500Z", now)).toBe("14:02:11Z");
  expect(shownShort("2026-11-22T14:02:11.500Z", now)).toBe("2026-11-22 14:02Z");
});

it("writes times on screens in the zone that is chosen, summer and winter, and notes in UTC", () => {
  const now = Date.parse("2026-11-23T20:00:00.000Z");
  showZone("Europe/Berlin");
  expect(shownStamp("2026-11-23T23:30:00Z")).toBe("2026-11-24 00:30:00+01");
  expect(shownMinute("2026-07-23T14:02:11Z")).toBe("16:02+02");
  expect(shownClock("2026-11-22T23:30:00Z", now)).toBe("00:30+01");
  expect([alsoTime("2026-11-23T14:02:11Z"), utcStamp("2026-11-23T14:02:11Z")]).toEqual([
    ", 14:02:11Z",
    "2026-11-23 14:02:11Z",
  ]);
  showZone("Asia/Kolkata");
  expect(shownTime("2026-11-23T14:02:11Z")).toBe("19:32:11+0530");
  showZone("America/Los_Angeles");
  expect(shownTime("2026-11-23T14:02:11Z")).toBe("06:02:11-08");
  showZone(null);
  expect([isZone("Mars/Base"), isZone("Europe/Berlin")]).toEqual([false, true]);
});

it("counts in words and cuts long ids in the middle", () => {
  expect([plural(1, "job"), plural(2310, "job")]).toEqual(["1 job", "2,310 jobs"]);
  expect(shortId("0123456789abcdefghijklmnop")).toBe("0123456789abc…mnop");
  expect(shortId("short")).toBe("short");
});

it("says beside a time in UTC what the reader's own clock shows, unless it shows the same", () => {
  const at = "2026-11-23T23:30:05Z";
  expect([wallClock(at, -60), wallClock(at, 480), wallClock(at, -330), wallClock(at, 0)]).toEqual([
    ", 00:30:05 here",
    ", 15:30:05 here",
    ", 05:00:05 here",
    "",
  ]);
});
