import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BacklogPoint, backlogTrend } from "./backlog-trend.ts";

const NOW = 1_800_000_000_000;

/** Sizes over the last `seconds`, one every `every` seconds; `size` is given the seconds since the first. */
function points(size: (s: number) => number | null, seconds = 300, every = 5): BacklogPoint[] {
  return Array.from({ length: seconds / every + 1 }, (_, i) => ({
    at: NOW - (seconds - i * every) * 1000,
    waiting: size(i * every),
  }));
}

const noise = (seed: number, width: number) => (s: number) => Math.sin(seed + s * 12.9898) * width;

describe("backlogTrend", () => {
  it("gives an ETA within 15 % of a linear, noisy, gapped drain", () => {
    const rates = fc.record({
      perMin: fc.integer({ min: 60, max: 6000 }),
      left: fc.integer({ min: 200, max: 100_000 }),
      seed: fc.nat(1000),
      gaps: fc.array(fc.integer({ min: 0, max: 58 }), { maxLength: 30 }),
    });
    fc.assert(
      fc.property(rates, ({ perMin, left, seed, gaps }) => {
        const jitter = noise(seed, Math.min(left, perMin) * 0.02);
        const line = points((s) => Math.round(left + ((300 - s) * perMin) / 60 + jitter(s)));
        const gapped = line.map((point, i) => (gaps.includes(i) ? { ...point, waiting: null } : point));
        const { direction, etaS } = backlogTrend(gapped, NOW);
        const truth = (left / perMin) * 60;
        expect(direction).toBe("draining");
        expect(Math.abs((etaS ?? Number.NaN) - truth) / truth).toBeLessThan(0.15);
      }),
    );
  });

  it("never gives a finite ETA when it grows: linear, bursty or gapped", () => {
    const shapes = fc.record({
      perMin: fc.integer({ min: 30, max: 5000 }),
      start: fc.integer({ min: 0, max: 10_000 }),
      burstS: fc.constantFrom(0, 20, 30, 60),
      swing: fc.double({ min: 0, max: 0.9, noNaN: true }),
      gaps: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }),
    });
    fc.assert(
      fc.property(shapes, ({ perMin, start, burstS, swing, gaps }) => {
        const perBurst = (burstS * perMin) / 60;
        // Between bursts it drains a part of what the burst will bring.
        const saw = (s: number) => (burstS === 0 ? 0 : -((s % burstS) / burstS) * swing * perBurst);
        const step = (s: number) => (burstS === 0 ? s : Math.floor(s / burstS) * burstS);
        const all = points((s) => Math.round(start + perBurst + (step(s) * perMin) / 60 + saw(s)));
        const gapped = all.map((point, i) => (gaps.includes(i) ? { ...point, waiting: null } : point));
        expect(backlogTrend(gapped, NOW).etaS).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it("calls jitter steady", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 61, maxLength: 61 }), (sizes) => {
        const { direction, etaS } = backlogTrend(
          points((s) => 1000 + (sizes[s / 5] ?? 0)),
          NOW,
        );
        expect(direction).toBe("steady");
        expect(etaS).toBeNull();
      }),
    );
  });

  it("sees a turn within a few ticks, but gives no ETA while the window still grew", () => {
    const peak = backlogTrend(
      points((s) => (s <= 280 ? s * 20 : 5600 - (s - 280) * 30)),
      NOW,
    );
    expect(peak).toMatchObject({ direction: "draining", etaS: null });
    const rise = backlogTrend(
      points((s) => (s <= 280 ? 10 : 10 + (s - 280) * 20)),
      NOW,
    );
    expect(rise.direction).toBe("growing");
    expect(rise.changePerMin).toBeGreaterThan(600);
  });

  it("tells what is since a jump: nothing at first, then that what was put back drains", () => {
    const putBack = (s: number) => (s < 270 ? 140 : 4300 - (s - 270) * 12);
    const until = (s: number) => backlogTrend(points(putBack), NOW - (300 - s) * 1000);
    expect(until(270).direction).toBe("unknown");
    expect(until(275).direction).toBe("unknown");
    expect(until(285)).toMatchObject({ direction: "draining", changePerMin: expect.closeTo(-720, 0) });
    expect(until(300).direction).toBe("draining");
    const deleted = backlogTrend(
      points((s) => (s < 240 ? 4000 : 10 + (s - 240) * 2)),
      NOW,
    );
    expect(deleted.direction).toBe("growing");
  });

  it("tells the change over the last minute, as rates are told, unless that minute goes the other way", () => {
    const faster = points((s) => (s < 240 ? 1000 + s : 1240 + (s - 240) * 2));
    expect(backlogTrend(faster, NOW)).toMatchObject({ direction: "growing", changePerMin: 120 });
    const slack = points((s) => (s <= 240 ? 1000 + s * 4 : 1960 - (s % 10)));
    expect(backlogTrend(slack, NOW).changePerMin).toBeGreaterThanOrEqual(0);
  });

  it("is unknown without enough recent points", () => {
    const unknown = { changePerMin: null, direction: "unknown", etaS: null };
    expect(backlogTrend([], NOW)).toEqual(unknown);
    expect(
      backlogTrend(
        points(() => null),
        NOW,
      ),
    ).toEqual(unknown);
    expect(
      backlogTrend(
        points((s) => (s > 180 ? null : 1000 - s)),
        NOW,
      ),
    ).toEqual(unknown);
  });
});
