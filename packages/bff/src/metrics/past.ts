import type { Before } from "@spillway/contract/schemas";
import type { Movement, MovementSample } from "@spillway/triage";
import type { HistoryStore } from "./history-store.ts";
import type { Field, Timeline } from "./series.ts";
import { iso, isoOrNull, rounded } from "./wire-time.ts";

const BEFORE_MS = 30 * 60_000;
const NOW_MS = 5 * 60_000;

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

/** The last minutes, of those after a moment only, beside what was before it. `now`: epoch ms. */
export function movementSince(samples: readonly MovementSample[], now: number, before: Before): Movement {
  const from = Math.max(now - NOW_MS, Date.parse(before.since));
  const recent = samples.filter(({ at, gap }) => !gap && at > from && at <= now);
  const meanOf = (flow: "failedAttempts" | "failed" | "retried"): number | null => {
    const known = recent.flatMap((sample) => sample[flow] ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return {
    failedAttemptsPerMin: { now: meanOf("failedAttempts"), before: before.failed_attempts_per_min },
    failedPerMin: { now: meanOf("failed"), before: before.failed_per_min },
    retriedPerMin: { now: meanOf("retried"), before: before.retried_per_min },
  };
}
