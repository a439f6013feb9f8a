import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowedFailures, judgePhase, type PhaseFigures } from "./phase-verdict.ts";

const gate = { maxFailureRate: 0.05, minSettled: 0.9, settleMs: 60_000 };
const figures = (size: number, tally: Partial<PhaseFigures["tally"]>, more: Partial<PhaseFigures> = {}) => ({
  gate,
  size,
  tally: { started: 0, completedAgain: 0, failedAgain: 0, gone: 0, ...tally },
  retriedAt: 0,
  lastStartedAt: 5_000,
  now: 10_000,
  ...more,
});

describe("a phase", () => {
  test("of ten allows one failure, which may be an ordinary one: the second ends it, while the rest is still open", () => {
    expect(judgePhase(figures(10, { started: 3, failedAgain: 1 })).state).toBe("settling");
    expect(judgePhase(figures(10, { started: 3, failedAgain: 2 }))).toEqual({
      state: "regressed",
      sentence: "0 of 10 jobs completed, 2 failed again (100 % of those known; 1 allowed), 8 open.",
      lookAgainAt: null,
    });
  });

  test("of fewer than ten allows none, nor of any number where the gate allows none", () => {
    expect(judgePhase(figures(9, { started: 3, failedAgain: 1 })).state).toBe("regressed");
    const strict = figures(210, { started: 3, failedAgain: 1 }, { gate: { ...gate, maxFailureRate: 0 } });
    expect(judgePhase(strict).state).toBe("regressed");
    expect(allowedFailures(gate, 210)).toBe(10);
  });

  test("passes at once when all are known to have completed", () => {
    expect(judgePhase(figures(10, { started: 10, completedAgain: 10 }))).toEqual({
      state: "passed",
      sentence: "10 of 10 jobs completed, 0 failed again (1 allowed).",
      lookAgainAt: null,
    });
  });

  test("that vanished is no success", () => {
    expect(judgePhase(figures(10, { started: 10, completedAgain: 8, gone: 2 })).state).toBe("regressed");
    expect(judgePhase(figures(100, { started: 100, completedAgain: 95, gone: 5 })).state).toBe("passed");
  });

  test("waits for its settle time, then passes if enough are known", () => {
    const most = { started: 210, completedAgain: 190, failedAgain: 2 };
    expect(judgePhase(figures(210, most))).toMatchObject({ state: "settling", lookAgainAt: 65_000 });
    expect(judgePhase(figures(210, most, { now: 65_000 })).state).toBe("passed");
    const few = judgePhase(figures(210, { started: 210, completedAgain: 100 }, { now: 65_000 }));
    expect(few.state).toBe("undecided");
    expect(few.sentence).toContain("Only 48 % are known after 60 s, 90 % are needed.");
  });

  test("has no end of its own while jobs have not started", () => {
    const late = judgePhase(figures(10, { started: 8, completedAgain: 8 }, { now: 9e9 }));
    expect(late).toMatchObject({ state: "settling", lookAgainAt: null });
    expect(late.sentence).toMatch(/2 jobs have not started yet\.$/);
  });

  test("is not passed while jobs are still being put back", () => {
    const running = figures(10, { started: 4, completedAgain: 4 }, { retriedAt: null, now: 9e9 });
    expect(judgePhase(running).state).toBe("settling");
  });

  test("of nothing passes", () => {
    expect(judgePhase(figures(0, {}))).toMatchObject({
      state: "passed",
      sentence: "No job was left to retry.",
    });
  });

  test("never passes with more failures than allowed, never regresses with fewer", () => {
    const tally = fc.record({
      started: fc.nat({ max: 50 }),
      completedAgain: fc.nat({ max: 50 }),
      failedAgain: fc.nat({ max: 20 }),
      gone: fc.nat({ max: 5 }),
    });
    fc.assert(
      fc.property(tally, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200_000), (seen, rate, now) => {
        const bad = seen.failedAgain + seen.gone;
        const size = seen.completedAgain + bad + 5;
        const strict = { ...gate, maxFailureRate: rate };
        const { state } = judgePhase({ ...figures(size, seen), gate: strict, now });
        expect(state === "regressed").toBe(bad > allowedFailures(strict, size));
      }),
    );
  });
});
