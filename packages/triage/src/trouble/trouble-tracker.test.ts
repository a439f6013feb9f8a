import { describe, expect, it } from "vitest";
import { type BacklogPoint, backlogTrend } from "../backlog/backlog-trend.ts";
import type { TroubleCode, TroubleInput, TroubleQueue } from "./input.ts";
import { createTroubleTracker } from "./trouble-tracker.ts";

const TICK_MS = 5000;
const START = 1_800_000_000_000;

/** A small pseudo-random source, so that a failing run can be run again. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

const flows = { enqueued: 600, started: 600, completed: 595, failedAttempts: 3, failed: 1, retried: 2 };

function healthyQueue(name: string, scale: number, at: number, next: () => number): TroubleQueue {
  const vary = (value: number) => Math.round(value * scale * (0.6 + 0.8 * next()));
  return {
    name,
    paused: false,
    resumedAt: null,
    counts: { waiting: vary(20), active: vary(8), delayed: 2, blocked: 0, completed: 900, failed: 12 },
    rates: {
      enqueued: vary(600),
      started: vary(600),
      completed: vary(595),
      // In a small queue two failures of three runs are an ordinary minute.
      failedAttempts: vary(3) + (next() < 0.1 ? 2 : 0),
      failed: vary(1),
      retried: vary(2),
    },
    usual: { ...flows, failedAttempts: 3 * scale, completed: 595 * scale },
    trend: { changePerMin: 0, direction: "steady", etaS: null },
    runP95Ms: { now: 800 * (0.7 + 0.7 * next()), usual: 800 },
    lastSeconds: null,
    workers: { count: 6, expected: 6 },
    oldestActiveSince: at - 2000,
    oldestWaitingSince: at - 1500,
    stalled: { now: 0, perMin: 0 },
  };
}

type Change = (input: TroubleInput, at: number) => void;

/** Runs ticks through the real trend and tracker; returns the codes shown after each. */
function simulate(
  ticks: number,
  seed: number,
  change: (tick: number) => Change | "gap" | null,
): TroubleCode[][] {
  const next = random(seed);
  const tracker = createTroubleTracker();
  const sizes = new Map<string, BacklogPoint[]>();
  return Array.from({ length: ticks }, (_, tick) => {
    const at = START + tick * TICK_MS;
    const wanted = change(tick);
    if (wanted === "gap") return tracker.observe(null, at).map((trouble) => trouble.code);
    const queues = [
      healthyQueue("email", 1, at, next),
      healthyQueue("tiny", 0.005, at, next),
      healthyQueue("big", 40, at, next),
    ];
    const input: TroubleInput = { queues, workers: { total: 18, expected: 18, lost: [] }, notices: [] };
    wanted?.(input, at);
    for (const queue of queues) {
      const points = [...(sizes.get(queue.name) ?? []), { at, waiting: queue.counts.waiting }].slice(-60);
      sizes.set(queue.name, points);
      queue.trend = backlogTrend(points, at);
    }
    return tracker.observe(input, at).map((trouble) => trouble.code);
  });
}

const email = (input: TroubleInput) => input.queues[0] as TroubleQueue;

const FROM = 40;
const UNTIL = 100;

interface Incident {
  code: TroubleCode;
  /** What is so before, during and after. */
  always?: (input: TroubleInput) => void;
  change: (input: TroubleInput, at: number, tick: number) => void;
}

/** Each incident changes the healthy input from tick 40 to tick 99; `tick` counts from its beginning. */
const INCIDENTS: Incident[] = [
  {
    code: "no_workers",
    change: (input, _at, tick) => {
      email(input).workers.count = 0;
      email(input).counts.waiting = 50 + tick * 50;
      email(input).rates.completed = 0;
    },
  },
  {
    code: "too_few_workers",
    change: (input) => {
      email(input).workers.count = 2;
    },
  },
  {
    code: "worker_lost",
    change: (input, at) => {
      input.workers.total = 17;
      email(input).workers.count = 5;
      input.workers.lost = [
        { id: "w3", name: "email-3", host: "h2", queues: ["email"], held: 2, lostAt: at - 50_000 },
      ];
    },
  },
  {
    code: "failure_spike",
    change: (input, _at, tick) => {
      email(input).rates.failedAttempts = 240;
      email(input).rates.completed = 350;
      email(input).counts.waiting = 50 + tick * 20;
    },
  },
  {
    code: "slow_jobs",
    change: (input, _at, tick) => {
      email(input).runP95Ms.now = 9000;
      email(input).rates.completed = 90;
      email(input).counts.waiting = 50 + tick * 40;
    },
  },
  {
    // The first slow runs have not ended yet: no duration tells of them.
    code: "slow_jobs",
    change: (input, at, tick) => {
      email(input).oldestActiveSince = at - 4000 - tick * 1000;
      email(input).rates.completed = 90;
      email(input).counts.active = 40;
      email(input).counts.waiting = 50 + tick * 40;
    },
  },
  {
    code: "stalled_jobs",
    change: (input) => {
      email(input).stalled = { now: 3, perMin: 0 };
    },
  },
  {
    // They were put back at once: a worker was too busy to renew its locks.
    code: "stalled_jobs",
    change: (input) => {
      email(input).stalled = { now: 0, perMin: 2 };
    },
  },
  {
    code: "stalled_jobs",
    change: (input, at) => {
      email(input).oldestActiveSince = at - 20 * 60_000;
    },
  },
  {
    code: "backlog_growing",
    change: (input, _at, tick) => {
      email(input).rates.enqueued = 3000;
      email(input).counts.waiting = 300 + tick * 200;
    },
  },
  {
    code: "not_draining",
    always: (input) => {
      email(input).counts.waiting = 400;
    },
    change: (input, at) => {
      email(input).oldestWaitingSince = at - 10 * 60_000;
    },
  },
  {
    code: "jobs_removed",
    change: (input, at) =>
      void input.notices.push({
        code: "jobs_removed",
        queue: "email",
        at,
        text: "400 waiting jobs were deleted.",
      }),
  },
  {
    code: "changed_outside",
    change: (input, at) =>
      void input.notices.push({ code: "changed_outside", queue: null, at, text: "Somebody else did it." }),
  },
  {
    code: "paused",
    change: (input, at, tick) => {
      email(input).paused = true;
      email(input).counts.waiting = 50 + tick * 50;
      email(input).oldestWaitingSince = at - tick * TICK_MS;
    },
  },
];

describe("createTroubleTracker", () => {
  it.each([1, 2, 3, 4, 5])("is silent over an hour of noisy health (seed %i)", (seed) => {
    expect(simulate(720, seed, () => null).flat()).toEqual([]);
  });

  it.each(INCIDENTS)(
    "raises exactly $code within 3 ticks and clears it within 5",
    ({ code, always, change }) => {
      const shown = simulate(130, 7, (tick) => (input, at) => {
        always?.(input);
        if (tick >= FROM && tick < UNTIL) change(input, at, tick - FROM);
      });
      expect(new Set(shown.flat())).toEqual(new Set([code]));
      expect(shown.slice(0, FROM).flat()).toEqual([]);
      expect(shown.slice(FROM, FROM + 3).flat()).toContain(code);
      expect(shown.slice(FROM + 3, UNTIL).every((codes) => codes.includes(code))).toBe(true);
      expect(shown.slice(UNTIL + 5).flat()).toEqual([]);
    },
  );

  it("goes over from a symptom to its root without a tick in which neither is told", () => {
    const shown = simulate(20, 7, (tick) => (input, at) => {
      if (tick >= 5) email(input).stalled = { now: 2, perMin: 0 };
      if (tick < 10) return;
      input.workers.total = 17;
      const lost = { id: "w", name: "w", host: "h", queues: ["email"], held: 2, lostAt: at - 41_000 };
      input.workers.lost = [lost];
    });
    expect(shown.slice(5, 12)).toEqual([[], ...Array(5).fill(["stalled_jobs"]), ["worker_lost"]]);
    expect(shown.slice(12).every((codes) => codes.join() === "worker_lost")).toBe(true);
  });

  it("keeps the beginning of an incident over a pause, in which it is not told", () => {
    const tracker = createTroubleTracker();
    const next = random(1);
    const observe = (tick: number, change: (queue: TroubleQueue) => void) => {
      const at = START + tick * TICK_MS;
      const queue = healthyQueue("email", 1, at, next);
      change(queue);
      const workers = { total: 6, expected: null, lost: [] };
      return tracker
        .observe({ queues: [queue], workers, notices: [] }, at)
        .map(({ id, since }) => [id, since]);
    };
    const failing = (queue: TroubleQueue) => {
      queue.rates.failedAttempts = 240;
      queue.rates.completed = 100;
    };
    const paused = (queue: TroubleQueue) => {
      queue.paused = true;
      queue.rates = { ...queue.rates, failedAttempts: 0, completed: 0 };
    };
    const resumed = (queue: TroubleQueue) => {
      queue.resumedAt = START + 30 * TICK_MS;
    };
    for (const tick of [0, 1]) observe(tick, failing);
    expect(observe(2, failing)).toEqual([["failure_spike:email", START]]);
    for (let tick = 3; tick < 30; tick++) observe(tick, paused);
    expect(observe(30, paused)).toEqual([["paused:email", START + 3 * TICK_MS]]);
    // The minute that the rates are of was mostly a pause yet.
    for (let tick = 31; tick < 38; tick++) observe(tick, resumed);
    const again = (queue: TroubleQueue) => {
      resumed(queue);
      failing(queue);
    };
    expect(observe(38, again)).toEqual([["failure_spike:email", START]]);
    // One that does not come back is over once the echo is.
    for (let tick = 39; tick < 46; tick++) observe(tick, resumed);
    expect(observe(46, resumed)).toEqual([]);
  });

  it("freezes at a gap: nothing comes and nothing goes", () => {
    const spike: Change = (input) => {
      email(input).rates.failedAttempts = 400;
    };
    const ticks: (Change | "gap" | null)[] = [
      null,
      spike,
      "gap",
      "gap",
      spike,
      null,
      "gap",
      null,
      "gap",
      "gap",
      null,
      null,
    ];
    const shown = simulate(ticks.length, 3, (tick) => ticks[tick] ?? null).map((codes) => codes.length);
    expect(shown).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0]);
  });

  it("keeps a finding's id and beginning, and puts the worst first", () => {
    const tracker = createTroubleTracker();
    const next = random(1);
    const at = (tick: number) => START + tick * TICK_MS;
    const observe = (tick: number) => {
      const queue = healthyQueue("email", 1, at(tick), next);
      const other = healthyQueue("sms", 1, at(tick), next);
      queue.paused = true;
      other.workers.count = 0;
      return tracker.observe(
        { queues: [queue, other], workers: { total: 6, expected: null, lost: [] }, notices: [] },
        at(tick),
      );
    };
    observe(0);
    expect(observe(1)).toMatchObject([
      {
        id: "no_workers:sms",
        severity: "critical",
        since: at(0),
        evidence: { screen: "workers", queue: "sms" },
      },
      { id: "paused:email", severity: "info", since: at(0), evidence: { screen: "queue", queue: "email" } },
    ]);
    expect(observe(2).map((trouble) => trouble.since)).toEqual([at(0), at(0)]);
  });

  it("tells losses before what may be put right, the greater first, and a pause from outside once, with what it holds up", () => {
    const at = START;
    const queue = healthyQueue("email", 1, at, random(1));
    Object.assign(queue, { paused: true, counts: { ...queue.counts, waiting: 53 } });
    const lost = (name: string, jobs: number, share: number, ago: number) => {
      const text = `${jobs} jobs of ${name} vanished.`;
      return { code: "jobs_removed" as const, queue: name, at: at - ago, text, lost: { jobs, share } };
    };
    const notices = [
      {
        code: "changed_outside" as const,
        queue: "email",
        at: at - 9000,
        text: "email was paused from outside.",
      },
      lost("sms", 30, 0.1, 2000),
      lost("push", 400, 0.3, 1000),
      lost("email", 20, 0.5, 0),
    ];
    const tracker = createTroubleTracker({ onAfter: 1 });
    const workers = { total: 6, expected: null, lost: [] };
    const found = tracker.observe({ queues: [queue], workers, notices }, at);
    expect(found.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      "critical jobs_removed:email",
      "warning jobs_removed:push",
      "warning jobs_removed:sms",
      "warning changed_outside:email",
    ]);
    expect(found.at(-1)?.text).toBe("email was paused from outside; 53 jobs wait.");
  });

  it("can't tell without figures, and says nothing", () => {
    const nothing = {
      enqueued: null,
      started: null,
      completed: null,
      failedAttempts: null,
      failed: null,
      retried: null,
    };
    const blind: Change = (input) => {
      Object.assign(email(input), { rates: nothing, usual: nothing, runP95Ms: { now: null, usual: null } });
      Object.assign(email(input), { workers: { count: null, expected: null }, oldestActiveSince: null });
      email(input).stalled = { now: null, perMin: null };
      input.workers = { total: null, expected: null, lost: [] };
    };
    expect(simulate(60, 1, () => blind).flat()).toEqual([]);
  });
});
