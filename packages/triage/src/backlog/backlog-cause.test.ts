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
