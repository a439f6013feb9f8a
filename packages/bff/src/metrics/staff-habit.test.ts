import type { Trouble } from "@spillway/triage";
import { describe, expect, test } from "vitest";
import { StaffHabit, teachesNothing } from "./staff-habit.ts";

const START = Date.UTC(2026, 10, 23, 14, 0, 0);
const TICK = 2_000;
const HOUR = 3_600_000;

/** A console that looks every two seconds. */
function watching() {
  const habit = new StaffHabit();
  let at = START;
  return {
    watch(ms: number, workers: number | null, trouble: Partial<Trouble>[] = []) {
      const findings: Trouble[] = trouble.map((finding) => ({ ...FINDING, ...finding }));
      for (const until = at + ms; at < until; at += TICK)
        for (const queue of ["q", null]) habit.observe(queue, at, workers, teachesNothing(findings)(queue));
    },
    usual: (queue: string | null = "q") => habit.baseline(queue)?.workers ?? null,
    text: () => habit.baseline("q")?.text,
  };
}

const FINDING: Trouble = {
  id: "too_few_workers:q",
  code: "too_few_workers",
  severity: "warning",
  queue: "q",
  since: START,
  text: "",
  evidence: { screen: "workers" },
};

describe("how many workers a queue usually has", () => {
  test("is the median of hours, however short the ticks are", () => {
    const { watch, usual, text } = watching();
    watch(11 * 60_000, 9);
    expect(usual()).toBeNull();
    watch(4 * HOUR, 9);
    // Half an hour of others is no habit yet; three hours of six are.
    watch(HOUR / 2, 4);
    expect(usual()).toBe(9);
    watch(3 * HOUR, 4);
    expect(usual()).toBe(4);
    expect(text()).toMatch(/^4 workers are expected: the median of 36\d calm minutes over 6 h\.$/);
  });

  test("stands still in trouble, however long, and says so", () => {
    const { watch, usual, text } = watching();
    watch(HOUR, 9);
    watch(30 * HOUR, 2, [{}]);
    expect([usual(), usual(null)]).toEqual([9, 9]);
    expect(text()).toMatch(/It has stood still for 30 h: nothing is learned while something is wrong\.$/);
    watch(10 * HOUR, 0, [{ code: "no_workers", queue: null }]);
    expect([usual(), usual(null)]).toEqual([9, 9]);
  });

  test("goes on while a queue is paused on purpose, and in trouble of other queues", () => {
    const { watch, usual } = watching();
    watch(HOUR, 9);
    watch(3 * HOUR, 4, [
      { code: "paused" },
      { code: "jobs_removed" },
      { code: "failure_spike", queue: "other" },
    ]);
    expect([usual(), usual(null)]).toEqual([4, 4]);
    watch(6 * HOUR, 7, [{ code: "failure_spike" }]);
    expect([usual(), usual(null)]).toEqual([4, 7]);
  });

  test("learns nothing where nobody tells, and not before there are a dozen minutes", () => {
    const { watch, usual } = watching();
    watch(5 * HOUR, null);
    expect(usual()).toBeNull();
    watch(11 * 60_000, 3);
    expect(usual()).toBeNull();
    watch(2 * 60_000, 3);
    expect(usual()).toBe(3);
  });
});
