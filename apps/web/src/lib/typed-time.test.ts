import { expect, it } from "vitest";
import { typedTime } from "./typed-time.ts";

const now = Date.parse("2026-11-23T14:05:00.000Z");

it.each([
  ["2026-11-23", "2026-11-23T00:00:00.000Z"],
  ["2026-11-23 14:02:11Z", "2026-11-23T14:02:11.000Z"],
  ["14:02", "2026-11-23T14:02:00.000Z"],
  ["14:05:00z", "2026-11-23T14:05:00.000Z"],
  ["23:50", "2026-11-22T23:50:00.000Z"],
  ["2026-11-23 15:02:11+01", "2026-11-23T14:02:11.000Z"],
  ["2026-11-23T19:32+0530", "2026-11-23T14:02:00.000Z"],
  ["2026-11-23T06:02-08:00", "2026-11-23T14:02:00.000Z"],
  ["25:00", null],
  ["noon", null],
])("reads %s", (text, time) => {
  expect(typedTime(text, now)).toBe(time);
});

it("knows no last time without a now", () => {
  expect(typedTime("14:02")).toBeNull();
});
