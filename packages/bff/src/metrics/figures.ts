import type { QueueSnapshot } from "@spillway/engine";
import {
  type BacklogCause,
  type BacklogJump,
  type BacklogPoint,
  type BacklogTrend,
  backlogCause,
  backlogJump,
  backlogTrend,
  type NowAndUsual,
  type TroubleQueue,
  type TroubleRates,
} from "@spillway/triage";
import { type FlowCounts, type Measured, retriesOf, withoutJump } from "./flows.ts";
import { LAST_SECONDS_MS } from "./last-seconds.ts";
import { endedPause, type Pause } from "./pauses.ts";
import type { Staff } from "./record-rows.ts";
import type { Usual } from "./usual.ts";

export interface Expected {
  value: number;
  source: "config" | "learned";
  /** Where the figure comes from, in a sentence or two. */
  text: string;
}

/** All that is known of one queue after a tick. */
export interface QueueFigures {
  queue: QueueSnapshot;
  /** Over the last minute; null until it was read twice. */
  measured: Measured | null;
  /** How long runs took over the last minutes. */
  runs: Measured | null;
  /** Of the last seconds alone. */
  lately: Measured | null;
  usual: Usual;
  trend: BacklogTrend;
  /** Null while nothing has to be explained. */
  cause: BacklogCause | null;
  staff: Staff;
  expected: Expected | null;
  /** The last one, under way or over. */
  pause: Pause | null;
}

/** A backlog this small that does not grow needs no explanation. */
const BACKLOG = 50;
/** Over which rates are measured. */
const MINUTE_MS = 60_000;

export function figuresOf(
  known: Omit<QueueFigures, "trend" | "cause">,
  points: readonly BacklogPoint[],
  now: number,
): QueueFigures {
  const trend = trendOf(points, now);
  const jump = backlogJump(points.filter(({ at }) => at >= now - MINUTE_MS));
  const { paused, counts } = known.queue;
  const stuck = trend.direction === "steady" && counts.waiting >= BACKLOG;
  const explain = (paused && counts.waiting > 0) || trend.direction === "growing" || stuck;
  return { ...known, trend, cause: explain ? explanation(known, jump) : null };
}

/** A size that never changed needs no statistics: most queues of many are like that. */
export function trendOf(points: readonly BacklogPoint[], now: number): BacklogTrend {
  const first = points[0]?.waiting;
  const flat = points.length >= 4 && first !== null && points.every((point) => point.waiting === first);
  return flat ? { changePerMin: 0, direction: "steady", etaS: null } : backlogTrend(points, now);
}

/** "Nothing differs from what is usual" would be a lie where nobody knows what is usual. */
const TOO_EARLY = "What is usual here is not known yet: that takes some minutes of calm history.";

function explanation(known: Omit<QueueFigures, "trend" | "cause">, jump: BacklogJump | null): BacklogCause {
  const { rates, p95Ms, slots } = known.usual;
  const cause = causeOf(known, jump);
  const nothingUsual = rates.enqueued === null && p95Ms === null && slots === null;
  return cause.cause === null && nothingUsual ? { cause: null, text: TOO_EARLY } : cause;
}

function causeOf(
  { queue, measured, runs, usual, staff, pause }: Omit<QueueFigures, "trend" | "cause">,
  jump: BacklogJump | null,
): BacklogCause {
  // What was put back at once is no traffic.
  const perMin = measured === null ? null : withoutJump(measured.perMin, jump?.jobs ?? 0);
  const beside = (now: number | null | undefined, was: number | null): NowAndUsual => ({
    now: now ?? null,
    usual: was,
  });
  return backlogCause({
    waiting: queue.counts.waiting,
    active: queue.counts.active,
    paused: queue.paused,
    rateLimit: queue.rateLimit,
    arrivalsPerMin: beside(perMin?.enqueued, usual.rates.enqueued),
    retriedPerMin: beside(perMin === null ? null : retriesOf(perMin), usual.rates.retried),
    startedPerMin: perMin?.started ?? null,
    runP95Ms: beside(runs?.p95Ms, usual.p95Ms),
    runMeanMs: beside(runs?.meanMs, usual.meanMs),
    slots: beside(slotsOf(staff, queue), usual.slots),
    pause: endedPause(pause),
  });
}

/** What the workers offer, or what the queue allows if that is less. */
export function slotsOf({ slots }: Staff, { concurrency }: QueueSnapshot): number | null {
  if (slots === null || concurrency === null) return slots ?? concurrency;
  return Math.min(slots, concurrency);
}

export function troubleQueue({
  queue,
  measured,
  runs,
  lately,
  usual,
  trend,
  cause,
  staff,
  expected,
  pause,
}: QueueFigures): TroubleQueue {
  return {
    name: queue.name,
    paused: queue.paused,
    resumedAt: pause?.until ?? null,
    counts: queue.counts,
    rates: troubleRates(measured?.perMin ?? null),
    usual: usual.rates,
    trend,
    causeText: cause?.cause === null ? null : (cause?.text ?? null),
    runP95Ms: { now: tellingP95(runs, usual), usual: usual.p95Ms },
    lastSeconds: lately && {
      spanMs: LAST_SECONDS_MS,
      rates: troubleRates(lately.perMin),
      runP95Ms: tellingP95(lately, usual),
    },
    workers: { count: staff.workers, expected: expected?.value ?? null },
    oldestActiveSince: queue.oldestActiveSince,
    oldestWaitingSince: queue.oldestWaitingSince,
    stalled: { now: queue.stalled, perMin: measured?.perMin.stalled ?? null },
  };
}

/** How much longer the mean run must take before a longer p95 is more than a few slow jobs more among fast ones. */
const MEAN_UP = 1.5;

/** Of runs of two kinds, the p95 jumps from one kind to the other by itself; it tells something only if the mean moves too. */
function tellingP95(runs: Measured | null, usual: Usual): number | null {
  const { p95Ms, meanMs } = runs ?? { p95Ms: null, meanMs: null };
  if (p95Ms === null || meanMs === null || usual.p95Ms === null || usual.meanMs === null) return p95Ms;
  return meanMs >= MEAN_UP * usual.meanMs ? p95Ms : Math.min(p95Ms, usual.p95Ms);
}

function troubleRates(perMin: FlowCounts | null): TroubleRates {
  return {
    enqueued: perMin?.enqueued ?? null,
    started: perMin?.started ?? null,
    completed: perMin?.completed ?? null,
    failedAttempts: perMin?.failedAttempts ?? null,
    failed: perMin?.failed ?? null,
    retried: perMin === null ? null : retriesOf(perMin),
  };
}
