import { backlogTrend } from "./backlog/backlog-trend.ts";
import { mean, median } from "./statistics.ts";
import { count, figure, percent } from "./words.ts";

/** One tick of history; flows per minute, null where unknown. */
export interface VerdictSample {
  /** Epoch ms. */
  at: number;
  gap: boolean;
  failedAttempts: number | null;
  completed: number | null;
  waiting: number | null;
}

export interface Verdict {
  /** `still_failing`: as much as before, or since it was first seen. `paused`: nothing is judged. */
  state: "stable" | "recovering" | "regressing" | "still_failing" | "too_early" | "paused";
  /** From when on it holds: the change, or the first sample judged. Epoch ms; null without samples. */
  since: number | null;
  /** How many samples it rests on; gaps do not count. */
  samples: number;
  reason: string;
}

export interface VerdictOptions {
  /** The queues among those judged that are paused; their backlog grows because somebody wants it to. */
  paused?: readonly string[];
  /** What is said of the change after "since" and "before"; default `the change`. */
  changed?: string;
  /** What is shown as the figures of now everywhere, per minute. Without it the newest third of the samples is told. */
  measured?: { failedAttempts: number | null; completed: number | null } | null;
  /** All that is judged is paused: since when (null: before anybody looked), and how many jobs wait. */
  pause?: { from: number | null; waiting: number } | null;
}

/** Fewer samples after a change than this allow no judgement, and fewer than the second no "stable". */
const MIN_SAMPLES = 5;
const STABLE_SAMPLES = 8;
const WINDOW_MS = 15 * 60_000;
/** Less than this is noise: share of runs that fail, and failed attempts a minute. */
const NOTABLE_SHARE = 0.05;
const NOTABLE_PER_MIN = 3;
/** One or two failures in a few seconds are a high rate, and yet no news: so many standard deviations are. */
const BEYOND_CHANCE = 2;
/** A backlog that grows this fast, jobs a minute, and is so many jobs above its lowest already: a few that come at once are noise. */
const NOTABLE_GROWTH = 10;
const NOTABLE_RISE = 10;
const THE_CHANGE = "the change";

interface Level {
  /** Failed attempts of all runs, 0–1; null if nothing ran. */
  share: number | null;
  perMin: number;
  /** How long the stretch is that it is of. */
  minutes: number;
}

/**
 * Does it hold? Over the samples since a change (without one: of the last 15 minutes), against those before it.
 * Runs that still fail as often as before are never called stable: that would read as "safe to go on".
 * Nor is a paused queue: nothing runs in it that could fail.
 */
export function verdict(
  samples: readonly VerdictSample[],
  changeAt: number | null,
  now: number,
  options: VerdictOptions = {},
): Verdict {
  const { changed = THE_CHANGE, pause = null } = options;
  const known = samples
    .filter((sample) => !sample.gap && sample.failedAttempts !== null && sample.at <= now)
    .sort((a, b) => a.at - b.at);
  const from = Math.max(changeAt ?? Number.NEGATIVE_INFINITY, now - WINDOW_MS);
  const after = known.filter((sample) => sample.at >= from);
  const since = changeAt ?? after[0]?.at ?? null;
  if (pause !== null) {
    const waits = pause.waiting === 1 ? "waits" : "wait";
    const reason = `${count(pause.waiting, "job")} ${waits} by order; how it goes shows once it is resumed.`;
    return { state: "paused", since: pause.from, samples: after.length, reason };
  }
  if (after.length < MIN_SAMPLES) {
    const what = changeAt === null ? "" : ` since ${changed}`;
    const reason = `Measured ${after.length} of the ${MIN_SAMPLES} times needed${what}.`;
    return { state: "too_early", since, samples: after.length, reason };
  }
  const before =
    changeAt === null
      ? []
      : known.filter((sample) => sample.at < changeAt && sample.at >= changeAt - WINDOW_MS);
  return { ...judge(before, after, now, options), since, samples: after.length };
}

function judge(
  before: VerdictSample[],
  after: VerdictSample[],
  now: number,
  { paused = [], changed = THE_CHANGE, measured = null }: VerdictOptions,
): Pick<Verdict, "state" | "reason"> {
  const part = Math.max(3, Math.floor(after.length / 3));
  const last = levelOf(after.slice(-part));
  const first = levelOf(after.slice(0, part));
  const was = before.length < 3 ? null : levelOf(before);
  const trend = backlogTrend(
    after.map(({ at, waiting }) => ({ at, waiting })),
    now,
  );
  const failing = measured?.failedAttempts ?? null;
  const shown = failing === null ? last : levelFrom(failing, measured?.completed ?? null, 1);
  const tells = `${tell(shown)} now${was === null ? "" : `, ${tell(was)} before ${changed}`}`;
  if (worse(last, first)) return { state: "regressing", reason: `Failures rise: ${tells}.` };
  const falling = worse(first, last);
  if (was !== null && worse(last, was) && !falling)
    return { state: "regressing", reason: `More fails: ${tells}.` };
  if (isFailing(last) && !falling && (was === null || !worse(was, last)))
    return { state: "still_failing", reason: `${was === null ? "It goes on" : "Unchanged"}: ${tells}.` };
  const growth = trend.direction === "growing" ? (trend.changePerMin ?? 0) : 0;
  if (paused.length === 0 && growth >= NOTABLE_GROWTH && riseOf(after) >= NOTABLE_RISE)
    return { state: "regressing", reason: `The backlog grows; ${tells}.` };
  if (falling || isFailing(last)) return { state: "recovering", reason: `Failures fall: ${tells}.` };
  if (trend.direction === "draining" && (after.at(-1)?.waiting ?? 0) >= 50)
    return { state: "recovering", reason: `The backlog drains; ${tells}.` };
  if (after.length < STABLE_SAMPLES) {
    // What was never bad does not recover.
    const state = was !== null && isFailing(was) ? "recovering" : "too_early";
    return { state, reason: `Quiet the last ${after.length} of ${STABLE_SAMPLES} times needed; ${tells}.` };
  }
  const pause = whilePaused(paused);
  return { state: "stable", reason: `Quiet${pause}: ${tells}.` };
}

function whilePaused(queues: readonly string[]): string {
  if (queues.length === 0) return "";
  return queues.length === 1 ? ` while ${queues[0]} is paused` : ` while ${queues.length} queues are paused`;
}

/** How many more wait now than when the fewest did. */
function riseOf(samples: VerdictSample[]): number {
  const waiting = samples.flatMap((sample) => sample.waiting ?? []);
  return (median(waiting.slice(-3)) ?? 0) - Math.min(...waiting);
}

/**
 * The middle minute of a stretch. Of samples closer together than failures come most see none at all, and their median would
 * be zero where the rate is not.
 */
function levelOf(samples: VerdictSample[]): Level {
  const minutes = [...Map.groupBy(samples, ({ at }) => Math.floor(at / 60_000)).values()];
  const middle = (flow: "failedAttempts" | "completed"): number | null =>
    median(minutes.flatMap((minute) => mean(minute.flatMap((sample) => sample[flow] ?? [])) ?? []));
  return levelFrom(middle("failedAttempts") ?? 0, middle("completed"), minutesOf(samples));
}

/** Samples stand for the time since the one before. */
function minutesOf(samples: VerdictSample[]): number {
  const span = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
  return samples.length < 2 ? 0 : (span / (samples.length - 1) / 60_000) * samples.length;
}

function levelFrom(failed: number, completed: number | null, minutes: number): Level {
  const runs = completed === null ? 0 : failed + completed;
  return { share: runs === 0 ? null : failed / runs, perMin: failed, minutes };
}

/** Is `a` notably worse than `b`, by share of runs and by number? Where shares are unknown the number must double. */
function worse(a: Level, b: Level): boolean {
  if (a.perMin - b.perMin < Math.max(NOTABLE_PER_MIN, BEYOND_CHANCE * Math.hypot(chance(a), chance(b))))
    return false;
  if (a.share === null || b.share === null) return a.perMin >= 2 * b.perMin;
  return a.share - b.share >= NOTABLE_SHARE;
}

/** How far a rate read from so few failures is off by chance, per minute. */
function chance({ perMin, minutes }: Level): number {
  return minutes === 0 ? perMin : Math.sqrt(Math.max(1, perMin * minutes)) / minutes;
}

function isFailing(level: Level): boolean {
  return (
    level.perMin >= Math.max(NOTABLE_PER_MIN, BEYOND_CHANCE * chance(level)) &&
    (level.share ?? 1) >= 2 * NOTABLE_SHARE
  );
}

function tell(level: Level): string {
  const share = level.share === null ? "" : ` (${percent(level.share)} of runs)`;
  return `${figure(level.perMin)} failed attempts a minute${share}`;
}
