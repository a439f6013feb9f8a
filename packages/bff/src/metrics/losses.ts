import type { Counts, FailedRetention, Flows, QueueSnapshot } from "@spillway/engine";

/** How many jobs of each kind are gone that no counter tells of. */
export interface Loss {
  waiting: number;
  delayed: number;
  blocked: number;
  /** Not finished, but in which state they last were can't be told. */
  unfinished: number;
  failed: number;
  /** So many are gone for sure; for all the traffic there was, it may be more. */
  atLeast: boolean;
}

/** What a queue held and had counted when it was asked. */
interface Reading {
  at: number;
  counts: Counts;
  flows: Flows;
  failedRetention: FailedRetention | null;
}

/** Two readings, each with the next one, by which time its counters had heard of everything. */
interface Span {
  from: Reading;
  afterFrom: Reading;
  to: Reading;
  afterTo: Reading;
}

/** Sure to be gone, and how many it looks like. */
interface Gone {
  sure: number;
  likely: number;
}

const NOT_GONE: Gone = { sure: 0, likely: 0 };
/** How many readings are compared with each other. */
const KEPT = 6;
/** An engine that keeps only so many failed jobs, or for so long, deletes old ones when one fails. */
const TRIMMED = { least: 10, share: 0.01 };
/** Where counters are no more than estimates. */
const ESTIMATED = { least: 50, share: 0.25 };

/**
 * Watches one queue for jobs that leave uncounted. What is not finished changes only by what is counted: jobs added and
 * retried come, jobs completed and failed go. The rest vanished, whatever moved from state to state meanwhile.
 *
 * Counters may hear of something only after the counts show it, but before the next reading. So what was counted between
 * a reading and the next is what that reading can be wrong by, and a loss beyond it is sure.
 */
export class LossWatch {
  readonly #exact: boolean;
  #readings: Reading[] = [];
  /** The counters as they were last; null before the first. */
  #counted: Flows | null = null;

  constructor(exact: boolean) {
    this.#exact = exact;
  }

  /** The time of the reading before which nothing is known. */
  get since(): number | null {
    return this.#readings[0]?.at ?? null;
  }

  /** Takes the next reading. A loss is told once, a reading after it is seen. */
  take({ counts, flows, failedRetention }: QueueSnapshot, at: number): Loss | null {
    const goOn = this.#counted !== null && goesOn(this.#counted, flows);
    this.#counted = flows;
    if (!goOn) {
      // Counting may have begun after these were taken: what happened between is never counted.
      this.#readings = [];
      return null;
    }
    this.#readings = [...this.#readings.slice(1 - KEPT), { at, counts, flows, failedRetention }];
    const spans = this.#spans();
    const open = clearest(spans, (span) => this.#openGone(span));
    const failed = clearest(spans, (span) => this.#failedGone(span));
    const span = open?.span ?? failed?.span;
    if (span === undefined) return null;
    this.#readings = this.#readings.slice(this.#readings.indexOf(span.to));
    return divide(span, open?.gone ?? NOT_GONE, failed?.gone ?? NOT_GONE);
  }

  /** Every two readings that have a next one. */
  #spans(): Span[] {
    const pairs = this.#readings.flatMap((reading, i, all) => {
      const next = all[i + 1];
      return next === undefined ? [] : [{ reading, next }];
    });
    return pairs.flatMap(({ reading: from, next: afterFrom }, i) =>
      pairs.slice(i + 1).map(({ reading: to, next: afterTo }) => ({ from, afterFrom, to, afterTo })),
    );
  }

  #openGone({ from, afterFrom, to, afterTo }: Span): Gone {
    const likely = balance(from) - balance(to);
    const late = came(from, afterFrom) + went(to, afterTo);
    return this.#weigh(likely, late, openOf(from.counts));
  }

  #failedGone(span: Span): Gone {
    const { from, afterFrom, to, afterTo } = span;
    const trimmed = grown(from, afterTo, "failed") + overdue(span);
    const likely = failedBalance(from) - failedBalance(to) - trimmed;
    const late = grown(from, afterFrom, "failed") + grown(to, afterTo, "operatorRetried");
    const gone = this.#weigh(likely, late, from.counts.failed);
    return trimmed > 0 && gone.sure <= margin(TRIMMED, from.counts.failed) ? NOT_GONE : gone;
  }

  #weigh(likely: number, late: number, of: number): Gone {
    const sure = likely - late;
    return sure > (this.#exact ? 0 : margin(ESTIMATED, of)) ? { sure, likely } : NOT_GONE;
  }
}

/**
 * How many failed jobs the engine kept beyond its own rules and deleted by them. It does so only as another one fails, and
 * what stays then is what the rules allow: where more or fewer are left, somebody else deleted them.
 */
function overdue({ from, to, afterTo }: Span): number {
  const rule = to.failedRetention;
  const failed = grown(from, afterTo, "failed");
  if (rule === null || failed === 0) return 0;
  const { count } = rule;
  const isTrimmed = count !== null && to.counts.failed >= count && to.counts.failed <= count + failed;
  const tooMany = isTrimmed ? Math.max(0, from.counts.failed - count) : 0;
  const tooOld = Math.max(0, (from.failedRetention?.aged ?? 0) - rule.aged);
  return Math.max(tooMany, tooOld);
}

/** The two readings between which most is gone for sure; undefined if nothing is. */
function clearest(
  spans: readonly Span[],
  gone: (span: Span) => Gone,
): { span: Span; gone: Gone } | undefined {
  const found = spans.map((span) => ({ span, gone: gone(span) })).filter((each) => each.gone.sure > 0);
  return found.toSorted((a, b) => b.gone.sure - a.gone.sure)[0];
}

function margin({ least, share }: { least: number; share: number }, of: number): number {
  return Math.max(least, of * share);
}

function openOf({ waiting, active, delayed, blocked }: Counts): number {
  return waiting + active + delayed + blocked;
}

/** The same at every reading, unless unfinished jobs come or go uncounted. */
function balance(reading: Reading): number {
  const { enqueued, operatorRetried, completed, failed } = reading.flows;
  return openOf(reading.counts) - (enqueued ?? 0) - (operatorRetried ?? 0) + (completed ?? 0) + (failed ?? 0);
}

/** The same for failed jobs. */
function failedBalance({ counts, flows }: Reading): number {
  return counts.failed - (flows.failed ?? 0) + (flows.operatorRetried ?? 0);
}

const came = (from: Reading, to: Reading) => grown(from, to, "enqueued") + grown(from, to, "operatorRetried");
const went = (from: Reading, to: Reading) => grown(from, to, "completed") + grown(from, to, "failed");

const COUNTED = ["enqueued", "started", "completed", "failed", "operatorRetried"] as const;

/** Whether the later counters go on from the earlier ones, and all that is needed is counted. */
function goesOn(before: Flows, after: Flows): boolean {
  return (
    before.since === after.since &&
    COUNTED.every((flow) => {
      const [was, now] = [before[flow], after[flow]];
      return was !== null && now !== null && now >= was;
    })
  );
}

function grown(from: Reading, to: Reading, flow: (typeof COUNTED)[number]): number {
  return (to.flows[flow] ?? 0) - (from.flows[flow] ?? 0);
}

/** Says of which state they were, as far as the counts show it. */
function divide({ from, to }: Span, open: Gone, failed: Gone): Loss {
  let left = open.sure;
  const part = (shrunk: number): number => {
    const taken = Math.min(left, Math.max(0, shrunk));
    left -= taken;
    return taken;
  };
  const shrunk = (state: keyof Counts) => from.counts[state] - to.counts[state];
  const waiting = part(shrunk("waiting") - grown(from, to, "started"));
  const delayed = part(shrunk("delayed"));
  const blocked = part(shrunk("blocked"));
  const atLeast = open.sure < open.likely || failed.sure < failed.likely;
  return { waiting, delayed, blocked, unfinished: left, failed: failed.sure, atLeast };
}
