import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BacklogFigures, backlogCause } from "./backlog-cause.ts";

const usual: BacklogFigures = {
  waiting: 1240,
  active: 40,
  paused: false,
  rateLimit: null,
  arrivalsPerMin: { now: 600, usual: 600 },
  retriedPerMin: { now: 5, usual: 5 },
  startedPerMin: 600,
  runP95Ms: { now: 900, usual: 900 },
  slots: { now: 40, usual: 40 },
};

const PAUSE = {
  from: Date.UTC(2026, 10, 23, 14, 1, 20),
  until: Date.UTC(2026, 10, 23, 14, 16),
  waitingBefore: 20,
  waitingAfter: 20,
};

describe("backlogCause", () => {
  it.each([
    [{ paused: true }, "paused", "The queue is paused; 1,240 jobs wait until it is resumed."],
    [
      { arrivalsPerMin: { now: 3000, usual: 600 } },
      "arrivals_up",
      "3,000 jobs a minute arrive, usually 600. Needs at most 46 slots at this speed, has 40.",
    ],
    [
      { runP95Ms: { now: 21_000, usual: 900 }, runMeanMs: { now: 21_000, usual: 500 } },
      "jobs_slower",
      "Jobs take 21 s (p95), usually 900 ms. Needs ≈ 212 slots at this speed, has 40; more workers would add load to a slow dependency.",
    ],
    [
      { slots: { now: 0, usual: 40 } },
      "fewer_slots",
      "No slots are left of the usual 40: workers are missing.",
    ],
    [
      { retriedPerMin: { now: 700, usual: 5 } },
      "failures_recirculating",
      "700 retries a minute come on top of 600",
    ],
    [
      { rateLimit: { max: 10, perMs: 1000 }, arrivalsPerMin: { now: 900, usual: 600 } },
      "rate_limited",
      "The rate limit of the queue, 10 in 1 s, is reached: 905 a minute arrive and 600 start.",
    ],
    [
      // What is usual was learned in the trouble itself.
      {
        arrivalsPerMin: { now: 360, usual: 360 },
        retriedPerMin: { now: 0, usual: 0 },
        startedPerMin: 150,
        active: 10,
        slots: { now: 10, usual: 10 },
        runP95Ms: { now: 4_100, usual: 4_100 },
        runMeanMs: { now: 4_000, usual: 4_000 },
      },
      "slots_full",
      "360 come in a minute, 150 can be done: all 10 slots are busy at 4 s a job. Needs ≈ 24 slots at this speed, has 10.",
    ],
    [
      {
        startedPerMin: 300,
        arrivalsPerMin: { now: 310, usual: null },
        retriedPerMin: { now: 290, usual: 5 },
      },
      "slots_full",
      "310 come in a minute and 290 are retried, 300 can be done",
    ],
    [
      { retriedPerMin: { now: 700, usual: 5 }, pause: { ...PAUSE, waitingAfter: 900 } },
      "was_paused",
      "It was paused from 14:01Z until 14:16Z: about 880 of the 1,240 that wait came in then.",
    ],
    [{ pause: { ...PAUSE, waitingAfter: 500 } }, null, "Neither arrivals"],
    [{ pause: { ...PAUSE, waitingBefore: 1_300, waitingAfter: 1_300 } }, null, "Neither arrivals"],
    [{}, null, "Neither arrivals, run times nor slots differ much from what is usual."],
  ] as const)("%j is %s", (change, cause, text) => {
    const told = backlogCause({ ...usual, ...change });
    expect(told.cause).toBe(cause);
    expect(told.text).toContain(text);
  });

  it("names no cause from unknown figures, and always says something finite", () => {
    const figure = fc.option(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e7, noNaN: true })));
    const pair = fc.record({ now: figure, usual: figure });
    const figures = fc.record({
      waiting: fc.nat(),
      active: figure,
      paused: fc.constant(false),
      rateLimit: fc.option(fc.record({ max: fc.nat(100), perMs: fc.nat(10_000) })),
      arrivalsPerMin: pair,
      retriedPerMin: pair,
      startedPerMin: figure,
      runP95Ms: pair,
      slots: pair,
    });
    fc.assert(
      fc.property(figures, (some) => {
        const { cause, text } = backlogCause(some);
        expect(text).not.toMatch(/NaN|Infinity|null|undefined|∞/);
        const known = [some.arrivalsPerMin, some.runP95Ms, some.slots].some((p) => p.now !== null);
        if (!known) expect(["failures_recirculating", null]).toContain(cause);
      }),
    );
  });
});
