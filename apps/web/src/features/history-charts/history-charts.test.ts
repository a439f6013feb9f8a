import type { Sample } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { missingWord } from "../../ui/charts/missing-word.ts";
import { stretchOf } from "../../ui/charts/use-brush.ts";
import { gapsOf, steady } from "./chart-plans.ts";
import { askFor, besideWindow, type Horizon, retentionWords } from "./horizons.ts";
import { whenWords } from "./movement.ts";
import { verdictSentence } from "./verdict-line.tsx";

const kept = { step_s: 2, retention_s: 7200 };
const now = { queue: null, from: null, to: null } as const;

it("asks for single ticks while they are few, so that the stream can append to them", () => {
  expect(askFor({ ...now, horizon: "live" }, kept)).toEqual({ limit: 151 });
  expect(askFor({ ...now, queue: "a", horizon: "1h" }, kept)).toEqual({ queue: "a", step_s: 10, limit: 361 });
});

it("never asks for more than is kept, and says so", () => {
  expect(askFor({ ...now, horizon: "48h" }, kept)).toEqual({ step_s: 20, limit: 361 });
  const noon = "2026-01-15T12:00:00.000Z";
  const words = (horizon: Horizon, after: number, kept = 7200) =>
    retentionWords({ ...now, horizon }, kept, noon, Date.parse(noon) + after * minute);
  expect(words("48h", 120)).toEqual({
    text: "History begins 12:00Z; kept in memory for 2 h, not for 48 h.",
    short: true,
  });
  expect(words("1h", 10).text).toBe("History begins 12:00Z; kept in memory for 2 h.");
  expect(words("1h", 60)).toEqual({ text: "Kept in memory for 2 h.", short: false });
});

it("asks the same for the same fixed window at any time", () => {
  const window = { queue: null, horizon: "live", from: "2026-01-15T12:00:00.000Z", to: null } as const;
  expect(askFor(window, kept)).toEqual({ from: window.from, step_s: 20, limit: 1000 });
  expect(askFor({ ...window, to: "2026-01-15T12:30:00.000Z" }, kept)).toMatchObject({ step_s: 5 });
});

it("goes from a stretch to those beside it and to a wider one; one without an end has none beside it", () => {
  const from = "2026-01-15T12:00:00.000Z";
  expect(besideWindow({ from, to: "2026-01-15T12:10:00.000Z" })).toEqual([
    { text: "Earlier", from: "2026-01-15T11:50:00.000Z", to: from },
    { text: "Later", from: "2026-01-15T12:10:00.000Z", to: "2026-01-15T12:20:00.000Z" },
    { text: "Wider", from: "2026-01-15T11:50:00.000Z", to: "2026-01-15T12:20:00.000Z" },
  ]);
  expect(besideWindow({ from, to: null })).toEqual([]);
});

it("steadies the flows of short ticks, never across what was missed", () => {
  const every = (seconds: number, count: number) =>
    Array.from({ length: count }, (_, i) => i * seconds * 1000);
  expect(steady([0, 60, 0, 60, null, 30, 90], every(5, 7))).toEqual([0, 30, 20, 40, null, 30, 60]);
  expect(steady([0, 60, 0], every(30, 3))).toEqual([0, 60, 0]);
});

it("takes a stretch drawn either way, and no click for one", () => {
  expect([stretchOf(1, 3), stretchOf(3, 1), stretchOf(2, 2), stretchOf(Number.NaN, 2)]).toEqual([
    [1, 3],
    [1, 3],
    null,
    null,
  ]);
});

const minute = 60_000;
const sample = (at: number, value: number | null, gap = false) =>
  ({
    timestamp: new Date(at).toISOString(),
    gap,
    failed_attempts: value,
    failures: value,
    retries: null,
  }) as Sample;

it("says before what it was otherwise, and since when where less than half an hour was measured", () => {
  const now = Date.parse("2026-01-15T12:40:00.000Z");
  const from = (minutes: number) => ({ before_from: new Date(now - minutes * minute).toISOString() });
  expect(whenWords(from(35), null, now)).toBe("in the half hour before");
  expect(whenWords(from(20), null, now)).toBe("since 12:20Z");
  expect(whenWords(from(35), "2026-01-15T12:30:00.000Z", now)).toBe("before 12:30Z");
});

it("joins ticks that failed to one gap between what was seen", () => {
  const samples = [0, 1, 2, 3, 4].map((tick) => sample(tick * 1000, 1, tick === 2 || tick === 3));
  const gaps = gapsOf(samples);
  expect(gaps).toEqual([{ from: 1000, to: 4000 }]);
  expect(missingWord(2000, gaps)).toBe("gap");
  expect(missingWord(0, gaps)).toBe("–");
});

it("says the verdict as a sentence with what it rests on", () => {
  const verdict = { state: "regressing", since: "2026-01-15T14:01:00.000Z", samples: 36 } as const;
  expect(verdictSentence({ ...verdict, reason: "84 fail a minute, was 2." })).toBe(
    "Regressing since 14:01Z. 84 fail a minute, was 2 (measured 36 times).",
  );
  expect(verdictSentence({ ...verdict, state: "paused", reason: "8 jobs wait by order." })).toBe(
    "Paused since 14:01Z. 8 jobs wait by order.",
  );
});
