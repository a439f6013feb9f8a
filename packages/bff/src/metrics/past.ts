import type { Before, Movement as WireMovement } from "@spillway/contract/schemas";
import { type Movement, movement, type NowAndBefore } from "@spillway/triage";
import { retriesOf } from "./flows.ts";
import type { HistoryStore } from "./history-store.ts";
import type { Field, Timeline } from "./series.ts";
import { iso, isoOrNull, rounded } from "./wire-time.ts";

const BEFORE_MS = 30 * 60_000;

/** The ticks that tell what was before a moment, the end left out. */
interface Ticks {
  first: number;
  end: number;
}

/** What history tells of the time before a moment, of one queue or all together (null). `since`: epoch ms. */
export function beforeOf(history: HistoryStore, queue: string | null, since: number): Before {
  const layer = history.reaching(since - BEFORE_MS);
  const { timeline } = layer;
  const series = layer.series(queue);
  const { first, end } = ticksBefore(timeline, since);
  const flow = (field: Field): number | null => rounded(series?.mean(field, first, end) ?? null);
  const level = (field: Field): number | null => series?.newest(field, first, end) ?? null;
  const seen = series?.oldest("waiting", first, end) ?? null;
  return {
    since: iso(since),
    seen_from: isoOrNull(seen === null ? null : timeline.at(seen)),
    waiting: level("waiting"),
    failed: level("failed"),
    // A mean, not what was right then: while a deploy rolls, the old and the new ones work side by side.
    workers: whole(series?.mean("workers", first, end) ?? null),
    oldest_waiting_age_s: rounded(level("oldestWaitingS")),
    enqueued_per_min: flow("enqueued"),
    completed_per_min: flow("throughput"),
    failed_attempts_per_min: flow("failedAttempts"),
    failed_per_min: flow("failures"),
    retried_per_min: flow("retries"),
  };
}

const DAY_MS = 24 * 3_600_000;

/** What was a day ago, of all together; null where nothing from then is held. `now`: epoch ms. */
export function yesterdayOf(history: HistoryStore, now: number): Before | null {
  const before = beforeOf(history, null, now - DAY_MS);
  return before.seen_from === null ? null : before;
}

function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

function ticksBefore(timeline: Timeline, since: number): Ticks {
  return { first: timeline.firstFrom(since - BEFORE_MS), end: timeline.firstFrom(since + 1) };
}

const LOOKS_BACK_MS = 36 * 60_000;

/** What is measured now beside what was before a moment (epoch ms), else before the last minutes; of one queue or all (null). */
export function movementOf(
  history: HistoryStore,
  queue: string | null,
  now: number,
  since: number | undefined,
): WireMovement {
  const perMin = history.rate(queue)?.perMin ?? null;
  const measured = {
    failedAttempts: perMin?.failedAttempts ?? null,
    failed: perMin?.failed ?? null,
    retried: perMin === null ? null : retriesOf(perMin),
  };
  if (since === undefined) return toWire(movement(history.judged(queue, now - LOOKS_BACK_MS), now, measured));
  const before = beforeOf(history, queue, since);
  return {
    failed_attempts_per_min: {
      now: rounded(measured.failedAttempts),
      before: before.failed_attempts_per_min,
    },
    failed_per_min: { now: rounded(measured.failed), before: before.failed_per_min },
    retried_per_min: { now: rounded(measured.retried), before: before.retried_per_min },
    before_from: before.seen_from,
  };
}

function toWire(moved: Movement): WireMovement {
  const pair = ({ now, before }: NowAndBefore): NowAndBefore => ({
    now: rounded(now),
    before: rounded(before),
  });
  return {
    failed_attempts_per_min: pair(moved.failedAttemptsPerMin),
    failed_per_min: pair(moved.failedPerMin),
    retried_per_min: pair(moved.retriedPerMin),
    before_from: isoOrNull(moved.beforeFrom),
  };
}
