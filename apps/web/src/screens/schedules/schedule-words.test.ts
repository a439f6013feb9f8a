import { expect, test } from "vitest";
import { rhythm } from "./schedule-words.ts";

test.each([
  [{ pattern: null, every_ms: 90_000 }, "every 1 m 30 s"],
  [{ pattern: "30 6 * * *", every_ms: null }, "every day at 06:30"],
  [{ pattern: "*/5 * * * *", every_ms: null }, "every 5 minutes"],
  [{ pattern: "0 */4 * * *", every_ms: null }, "every 4 hours"],
  [{ pattern: "0 8 * * 1-5", every_ms: null }, "0 8 * * 1-5"],
])("%o reads %s", (schedule, words) => expect(rhythm(schedule)).toBe(words));
