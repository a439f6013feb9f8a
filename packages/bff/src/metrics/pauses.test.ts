import { expect, test } from "vitest";
import { endedPause, Pauses } from "./pauses.ts";

const queue = (paused: boolean, waiting: number, name = "q") => ({
  name,
  paused,
  counts: { waiting, active: 0, delayed: 0, blocked: 0, completed: 0, failed: 0 },
});

test("a pause is remembered with when it was and what it left behind", () => {
  const pauses = new Pauses();
  pauses.observe([queue(false, 10)], 1_000);
  expect(pauses.of("q")).toBeNull();
  pauses.observe([queue(true, 12)], 2_000);
  pauses.observe([queue(true, 80)], 3_000);
  expect(pauses.of("q")).toEqual({ from: 2_000, until: null, waitingBefore: 12, waitingAfter: 80 });
  expect(endedPause(pauses.of("q"))).toBeNull();
  pauses.observe([queue(false, 90)], 4_000);
  pauses.observe([queue(false, 40)], 5_000);
  expect(endedPause(pauses.of("q"))).toEqual({
    from: 2_000,
    until: 4_000,
    waitingBefore: 12,
    waitingAfter: 90,
  });
  pauses.observe([queue(true, 40)], 6_000);
  expect(pauses.of("q")).toMatchObject({ from: 6_000, until: null, waitingBefore: 40 });
});

test("of one that was there before anybody looked nobody knows the beginning; a queue that is gone has none", () => {
  const pauses = new Pauses();
  pauses.observe([queue(true, 12)], 1_000);
  expect(pauses.of("q")?.from).toBeNull();
  pauses.observe([queue(true, 3, "other")], 2_000);
  expect(pauses.of("q")).toBeNull();
});
