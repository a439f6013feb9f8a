import { expect, test } from "vitest";
import { rhythm } from "./schedule-words.ts";

test.each([
  [{ pattern: null, every_ms: 90_000 }, "every 1 min 30 s"],
  [{ pattern: "30 6 * * *", every_ms: null }, "every day at 06:30"],
  [{ pattern: "*/5 * * * *", every_ms: null }, "every 5 minutes"],
  [{ pattern: "0 */4 * * *", every_ms: null }, "every 4 hours"],
  [{ pattern: "0 8 * * 1-5", every_ms: null }, "Monday to Friday at 08:00"],
  [{ pattern: "15 9 * * 0", every_ms: null }, "every Sunday at 09:15"],
  [{ pattern: "0 3 1 * *", every_ms: null }, "every month on the 1st at 03:00"],
  [{ pattern: "0 3 22 * *", every_ms: null }, "every month on the 22nd at 03:00"],
  [{ pattern: "20 * * * *", every_ms: null }, "every hour at minute 20"],
  [{ pattern: "* * * * *", every_ms: null }, "every minute"],
  [{ pattern: "0 9-17 * * 1", every_ms: null }, "cron 0 9-17 * * 1"],
  [{ pattern: "0 0 8 * * *", every_ms: null }, "cron 0 0 8 * * *"],
])("%o reads %s", (schedule, words) => expect(rhythm(schedule)).toBe(words));
