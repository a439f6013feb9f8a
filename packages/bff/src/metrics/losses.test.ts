import type { FailedRetention, Flows, QueueSnapshot } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { jobsInWords, LossBook } from "./loss-book.ts";
import { type Loss, LossWatch } from "./losses.ts";

const TICK = 5_000;

/** A queue whose counts are true at once and whose counters may hear of it later. */
function createLedger() {
  const counts = { waiting: 0, active: 0, delayed: 0, blocked: 0, completed: 0, failed: 0 };
  const counted = { enqueued: 0, started: 0, completed: 0, failed: 0, operatorRetried: 0 };
  const flows = (heard: typeof counted): Flows => ({
    since: 0,
    failedAttempts: null,
    stalled: null,
    autoRetried: null,
    durations: null,
    durationSum: null,
    ...heard,
  });
  return {
    counts,
    counted,
    read: (heard = counted, retention: FailedRetention | null = null): QueueSnapshot => ({
      name: "q",
      paused: false,
      counts: { ...counts },
      oldestWaitingSince: null,
      oldestActiveSince: null,
      stalled: null,
      concurrency: null,
      rateLimit: null,
      failedRetention: retention,
      flows: flows({ ...heard }),
    }),
    add(jobs: number, state: "waiting" | "delayed" = "waiting") {
      counts[state] += jobs;
      counted.enqueued += jobs;
    },
    start(jobs: number) {
      counts.waiting -= jobs;
      counts.active += jobs;
      counted.started += jobs;
    },
    finish(jobs: number, as: "completed" | "failed" = "completed") {
      counts.active -= jobs;
      counts[as] += jobs;
      counted[as] += jobs;
    },
  };
}

/** What a watch tells of a queue between which readings something happens. */
function told(
  happens: readonly ((ledger: ReturnType<typeof createLedger>) => void)[],
  retention: FailedRetention | null = null,
) {
  const ledger = createLedger();
  const watch = new LossWatch(true);
  return happens.flatMap((happen, tick) => {
    happen(ledger);
    return watch.take(ledger.read(undefined, retention), tick * TICK) ?? [];
  });
}

const nothing = () => {};
const NONE: Loss = { waiting: 0, delayed: 0, blocked: 0, unfinished: 0, failed: 0, atLeast: false };

describe("jobs that vanish", () => {
  it("are counted to the last one, once, and told by state", () => {
    const begin = (ledger: ReturnType<typeof createLedger>) => {
      ledger.add(30);
      ledger.add(30, "delayed");
    };
    const gone = (ledger: ReturnType<typeof createLedger>) => {
      ledger.counts.waiting -= 8;
      ledger.counts.delayed -= 30;
    };
    expect(told([begin, nothing, gone, nothing, nothing, nothing])).toEqual([
      { ...NONE, waiting: 8, delayed: 30 },
    ]);
    const one = (ledger: ReturnType<typeof createLedger>) => {
      ledger.counts.delayed -= 1;
    };
    expect(told([begin, nothing, one, nothing, nothing])).toEqual([{ ...NONE, delayed: 1 }]);
  });

  it("are counted as far as they are sure while others come and go", () => {
    const busy = (ledger: ReturnType<typeof createLedger>) => {
      ledger.add(40);
      ledger.start(30);
      ledger.finish(30);
    };
    const robbed = (ledger: ReturnType<typeof createLedger>) => {
      busy(ledger);
      ledger.counts.waiting -= 90;
    };
    // 90 are gone; up to 40 of those before may have been added, and 30 of those after completed, unheard of.
    expect(told([...Array(9).fill(busy), robbed, busy, busy, busy, nothing, nothing])).toEqual([
      { ...NONE, unfinished: 20, atLeast: true },
    ]);
  });

  it("are none where jobs only move, complete, fail, are retried or are added", () => {
    const live = (ledger: ReturnType<typeof createLedger>) => {
      ledger.add(5, "delayed");
      ledger.counts.delayed -= 3;
      ledger.counts.waiting += 3;
      ledger.start(3);
      ledger.finish(2);
      ledger.finish(1, "failed");
    };
    const retried = (ledger: ReturnType<typeof createLedger>) => {
      ledger.counts.failed -= 2;
      ledger.counts.waiting += 2;
      ledger.counted.operatorRetried += 2;
    };
    expect(told([...Array(20).fill(live), retried, ...Array(5).fill(live)])).toEqual([]);
  });

  it("are none where an engine keeps only so many finished jobs", () => {
    const trimmed = (ledger: ReturnType<typeof createLedger>) => {
      ledger.add(40);
      ledger.start(40);
      ledger.finish(30);
      ledger.finish(10, "failed");
      ledger.counts.completed = Math.min(ledger.counts.completed, 50);
      ledger.counts.failed = Math.min(ledger.counts.failed, 50);
    };
    expect(told(Array(30).fill(trimmed))).toEqual([]);
  });

  describe("as failed ones do that the engine's own rule deletes at a stroke, ", () => {
    const fail = (ledger: ReturnType<typeof createLedger>) => {
      ledger.add(10);
      ledger.start(10);
      ledger.finish(10, "failed");
    };
    /** One of the jobs that fail lets only 50 be kept; the others let more be. */
    const failAndTrim = (ledger: ReturnType<typeof createLedger>) => {
      fail(ledger);
      ledger.counts.failed = 52;
    };
    const begin = (ledger: ReturnType<typeof createLedger>) => {
      for (let n = 0; n < 12; n++) fail(ledger);
    };
    const minutes = [
      begin,
      ...Array(12).fill(fail),
      failAndTrim,
      ...Array(12).fill(fail),
      failAndTrim,
      fail,
      fail,
    ];
    const rule = (count: number | null) => ({ count, ageMs: null, aged: 0 });

    it("and then they are no loss", () => {
      expect(told(minutes, rule(50))).toEqual([]);
    });

    it("but a loss where no such rule is known, or another one", () => {
      expect(told(minutes).length).toBeGreaterThan(0);
      expect(told(minutes, rule(5_000)).length).toBeGreaterThan(0);
    });

    it("and a loss where more go than the rule lets go, though others fail meanwhile", () => {
      const cleaned = (ledger: ReturnType<typeof createLedger>) => {
        fail(ledger);
        ledger.counts.failed = 12;
      };
      const [loss] = told([begin, ...Array(12).fill(fail), cleaned, fail, fail, fail], rule(50));
      expect(loss?.failed).toBeGreaterThan(150);
    });

    it("and a loss where none fails meanwhile: the rule acts at a failure only", () => {
      const cleaned = (ledger: ReturnType<typeof createLedger>) => {
        ledger.counts.failed = 50;
      };
      const [loss] = told(
        [begin, fail, fail, nothing, nothing, nothing, nothing, cleaned, nothing, nothing],
        rule(50),
      );
      expect(loss?.failed).toBe(90);
    });

    it("also by age", () => {
      const ledger = createLedger();
      const watch = new LossWatch(true);
      begin(ledger);
      const read = (tick: number, aged: number) =>
        watch.take(ledger.read(undefined, { count: null, ageMs: 60_000, aged }), tick * TICK) ?? [];
      const before = [0, 1, 2, 3].flatMap((tick) => read(tick, 90));
      fail(ledger);
      ledger.counts.failed -= 90;
      expect([...before, ...[4, 5, 6].flatMap((tick) => read(tick, 0))]).toEqual([]);
      fail(ledger);
      ledger.counts.failed -= 30;
      expect([7, 8, 9].flatMap((tick) => read(tick, 0))[0]?.failed).toBeGreaterThan(0);
    });
  });

  it("are failed ones too, when nothing else fails", () => {
    const fail = (ledger: ReturnType<typeof createLedger>) => {
      ledger.add(12);
      ledger.start(12);
      ledger.finish(12, "failed");
    };
    const cleaned = (ledger: ReturnType<typeof createLedger>) => {
      ledger.counts.failed -= 7;
    };
    expect(told([fail, nothing, nothing, nothing, nothing, cleaned, nothing, nothing])).toEqual([
      { ...NONE, failed: 7 },
    ]);
  });

  it("are none after an outage over which counters began anew", () => {
    const watch = new LossWatch(true);
    const ledger = createLedger();
    ledger.add(500);
    for (let tick = 0; tick < 4; tick++) watch.take(ledger.read(), tick * TICK);
    ledger.counts.waiting = 0;
    const anew = ledger.read();
    const later = { ...anew, flows: { ...anew.flows, since: 20_000 } };
    for (let tick = 4; tick < 9; tick++) expect(watch.take(later, tick * TICK)).toBeNull();
  });
});

describe("counters that lag behind the counts", () => {
  it("are not compared with the first counts, which may be older than they are", () => {
    const watch = new LossWatch(true);
    const ledger = createLedger();
    ledger.add(3);
    const begun = { ...ledger.counted };
    // Ended between the first counts and the first event that was listened to: no counter ever hears of it.
    const first = ledger.read(begun);
    ledger.counts.waiting -= 2;
    for (let tick = 0; tick < 8; tick++)
      expect(watch.take(tick === 0 ? first : ledger.read(begun), tick * TICK)).toBeNull();
  });

  it("are never taken for a loss, whatever bursts they have not heard of yet", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const upTo = (most: number) => Math.floor(random() * most);
    for (let run = 0; run < 20; run++) {
      const ledger = createLedger();
      const watch = new LossWatch(true);
      for (let tick = 0; tick < 720; tick++) {
        const live = (share: number) => {
          ledger.add(upTo((random() < 0.02 ? 20_000 : 200) * share));
          ledger.start(upTo(Math.min(ledger.counts.waiting, 250 * share)));
          ledger.finish(upTo(ledger.counts.active));
        };
        live(1);
        const heard = { ...ledger.counted };
        // What happens in the quarter of a second that counters are late.
        if (random() < 0.7) live(0.05);
        expect(watch.take(ledger.read(heard), tick * TICK)).toBeNull();
      }
    }
  });
});

describe("the book of losses", () => {
  const book = () => {
    const ledger = createLedger();
    ledger.add(1_000, "delayed");
    const losses = new LossBook(() => true);
    let tick = 0;
    const pass = (ours: number, vanish = 0) => {
      ledger.counts.delayed -= vanish;
      const told = [0, 1, 2, 3].map(() =>
        losses.take(ledger.read(), tick++ * TICK, (actions) => (actions.includes("job.remove") ? ours : 0)),
      );
      return {
        noted: told.flatMap(({ noted }) => noted ?? []),
        found: told.flatMap(({ found }) => found ?? []),
      };
    };
    pass(0);
    return pass;
  };

  it("notes a first small loss at once and sums up those that follow; nobody is called for them", () => {
    const pass = book();
    expect(pass(0, 2)).toEqual({ noted: [{ ...NONE, delayed: 2 }], found: [] });
    const rest = Array.from({ length: 31 }, () => pass(0, 1));
    expect(rest.flatMap(({ noted }) => noted)).toEqual([{ ...NONE, delayed: 30 }]);
    expect(rest.flatMap(({ found }) => found)).toEqual([]);
  });

  it("notes and shows a large one at once, with what was summed up", () => {
    const pass = book();
    pass(0, 2);
    pass(0, 3);
    expect(pass(0, 30)).toEqual({ noted: [{ ...NONE, delayed: 33 }], found: [{ ...NONE, delayed: 30 }] });
  });

  it("takes off what we removed ourselves, and no more", () => {
    const pass = book();
    expect(pass(3, 3)).toEqual({ noted: [], found: [] });
    expect(pass(3, 23).noted).toEqual([{ ...NONE, delayed: 20 }]);
  });

  it("says what is gone in words", () => {
    expect(jobsInWords({ ...NONE, waiting: 1 })).toEqual({ sum: 1, words: "1 waiting job" });
    expect(jobsInWords({ waiting: 2_400, delayed: 30, failed: 2 }).words).toBe(
      "2,400 waiting, 30 delayed and 2 failed jobs",
    );
  });
});
