import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { movement } from "./movement.ts";
import { type VerdictSample, verdict } from "./verdict.ts";

const CHANGE = 1_800_000_000_000;
const STEP = 10_000;

/** Samples before and after the change; `failing` is given the tick, negative before the change. */
function samples(
  from: number,
  to: number,
  failing: (tick: number) => number,
  waiting: (tick: number) => number = () => 10,
) {
  return Array.from({ length: to - from }, (_, i): VerdictSample => {
    const tick = from + i;
    const failedAttempts = failing(tick);
    return {
      at: CHANGE + tick * STEP,
      gap: false,
      failedAttempts,
      completed: 300 - failedAttempts,
      waiting: waiting(tick),
    };
  });
}
const stateAfter = (list: VerdictSample[], changeAt: number | null = CHANGE) =>
  verdict(list, changeAt, list.at(-1)?.at ?? CHANGE).state;

describe("verdict", () => {
  it("waits for five samples, gaps not counted", () => {
    const few = samples(-20, 5, () => 0);
    expect(verdict(few.slice(0, -1), CHANGE, CHANGE + 4 * STEP)).toMatchObject({
      state: "too_early",
      samples: 4,
    });
    expect(verdict(few.slice(0, -1), CHANGE, CHANGE + 4 * STEP, { changed: "ana retried jobs" }).reason).toBe(
      "Measured 4 of the 5 times needed since ana retried jobs.",
    );
    const gapped = few.map((sample) => (sample.at > CHANGE ? { ...sample, gap: true } : sample));
    expect(stateAfter(gapped)).toBe("too_early");
  });

  it("a fix: recovering while failures fall, then stable", () => {
    const fixed = (tick: number) => (tick < 0 ? 120 : Math.max(0, 120 - tick * 15));
    expect(stateAfter(samples(-20, 7, fixed))).toBe("recovering");
    expect(stateAfter(samples(-20, 80, fixed).slice(-60))).toBe("stable");
  });

  it("quiet samples are a recovery only where runs failed before", () => {
    const quiet = (before: number) => samples(-20, 6, (tick) => (tick < 0 ? before : 0));
    expect(stateAfter(quiet(120))).toBe("recovering");
    expect(stateAfter(quiet(1))).toBe("too_early");
  });

  it("a paused queue is not blamed for the backlog that the pause makes", () => {
    const quiet = samples(
      -20,
      30,
      (tick) => (tick < 0 ? 120 : 0),
      (tick) => 10 + Math.max(0, tick) * 40,
    );
    const now = quiet.at(-1)?.at ?? CHANGE;
    expect(verdict(quiet, CHANGE, now).state).toBe("regressing");
    expect(verdict(quiet, CHANGE, now, { paused: ["billing"] })).toMatchObject({
      state: "stable",
      reason: expect.stringContaining("while billing is paused"),
    });
  });

  it("a bad deploy is regressing; a fix that fixed nothing left it failing, unchanged", () => {
    expect(stateAfter(samples(-20, 8, (tick) => (tick < 0 ? 2 : 150)))).toBe("regressing");
    const unchanged = samples(-20, 30, () => 120);
    expect(verdict(unchanged, CHANGE, unchanged.at(-1)?.at ?? 0)).toMatchObject({
      state: "still_failing",
      reason:
        "Unchanged: 120 failed attempts a minute (40 % of runs) now, 120 failed attempts a minute (40 % of runs) before the change.",
    });
    expect(
      stateAfter(
        samples(0, 30, () => 120),
        null,
      ),
    ).toBe("still_failing");
  });

  it("tells the figure of now that is shown beside it, and counts failures that few samples see", () => {
    // Every sixth sample sees a failure: the middle one sees none.
    const sparse = samples(-20, 40, (tick) => (tick % 6 === 0 ? 90 : 0));
    const now = sparse.at(-1)?.at ?? CHANGE;
    expect(verdict(sparse, CHANGE, now).reason).toContain("15 failed attempts a minute (5 % of runs) now");
    const measured = { failedAttempts: 18, completed: 282 };
    expect(verdict(sparse, CHANGE, now, { measured }).reason).toContain(
      "18 failed attempts a minute (6 % of runs) now",
    );
  });

  it("takes no few failures of a few seconds for a rise", () => {
    const at = (tick: number) => CHANGE + tick * 2_000;
    // Of 20 runs in 2 s one fails now and then: 30 a minute where it does.
    const failing = [0, 0, 0, 0, 0, 0, 0, 0, 30, 0, 30];
    const few = failing.map(
      (failedAttempts, tick): VerdictSample => ({
        at: at(tick),
        gap: false,
        failedAttempts,
        completed: 570,
        waiting: 0,
      }),
    );
    expect(verdict(few, null, at(10)).state).toBe("stable");
    const spike = few.map((sample, tick) => (tick < 8 ? sample : { ...sample, failedAttempts: 300 }));
    expect(verdict(spike, null, at(10)).state).toBe("regressing");
  });

  it("judges nothing while it is paused", () => {
    const quiet = samples(-20, 30, () => 0);
    const pause = { from: CHANGE, waiting: 1_216 };
    expect(verdict(quiet, CHANGE, quiet.at(-1)?.at ?? CHANGE, { pause })).toEqual({
      state: "paused",
      since: CHANGE,
      samples: 30,
      reason: "1,216 jobs wait by order; how it goes shows once it is resumed.",
    });
  });

  it("follows the backlog when nothing fails", () => {
    expect(
      stateAfter(
        samples(
          -20,
          20,
          () => 1,
          (tick) => (tick < 0 ? 10 : 10 + tick * 50),
        ),
      ),
    ).toBe("regressing");
    expect(
      stateAfter(
        samples(
          -20,
          20,
          () => 1,
          (tick) => (tick < 0 ? 5000 : 5000 - tick * 100),
        ),
      ),
    ).toBe("recovering");
  });

  it("noise alone stays stable", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 60, maxLength: 60 }), (noise) => {
        expect(
          stateAfter(
            samples(
              -20,
              40,
              (tick) => noise[tick + 20] ?? 0,
              (tick) => 10 + (noise[tick + 20] ?? 0),
            ),
          ),
        ).toBe("stable");
      }),
      // A calm backlog in which some jobs come at once at the end.
      { examples: [[[...Array.from({ length: 57 }, () => 0), 0, 6, 6]]] },
    );
  });
});

describe("movement", () => {
  it("compares what is measured now with the half hour before the last 5 minutes, gaps left out", () => {
    const now = CHANGE;
    const list = Array.from({ length: 35 }, (_, i) => ({
      at: now - i * 60_000,
      gap: i === 2,
      failedAttempts: i < 5 ? 40 : 4,
      failed: i === 2 ? null : 1,
      retried: null,
    }));
    const measured = { failedAttempts: 44, failed: 2, retried: null };
    expect(movement(list, now, measured)).toEqual({
      failedAttemptsPerMin: { now: 44, before: 4 },
      failedPerMin: { now: 2, before: 1 },
      retriedPerMin: { now: null, before: null },
      beforeFrom: now - 34 * 60_000,
    });
    expect(movement([], now, measured)).toMatchObject({
      failedPerMin: { now: 2, before: null },
      beforeFrom: null,
    });
  });
});
