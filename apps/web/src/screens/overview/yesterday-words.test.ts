import { expect, test } from "vitest";
import { yesterdayWords } from "./yesterday-words.ts";

const was = {
  since: "2026-01-14T12:00:00.000Z",
  seen_from: "2026-01-14T11:30:00.000Z",
  waiting: 1374,
  failed: 20,
  workers: 9,
  oldest_waiting_age_s: 3,
  enqueued_per_min: 200,
  completed_per_min: 212.4,
  failed_attempts_per_min: 1.25,
  failed_per_min: 1,
  retried_per_min: 0,
};

test("what was yesterday is told without what nobody knows", () => {
  expect(yesterdayWords(was)).toBe("9 workers, 1,374 waiting, 212 completed/min, 1.3 failing/min");
  expect(yesterdayWords({ ...was, workers: null, completed_per_min: null })).toBe(
    "1,374 waiting, 1.3 failing/min",
  );
});
