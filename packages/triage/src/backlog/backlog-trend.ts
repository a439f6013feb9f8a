import { median, medianSlope, type Point, robustSpread } from "../statistics.ts";
import { backlogJump } from "./backlog-jump.ts";

export interface BacklogPoint {
  /** Epoch ms. */
  at: number;
  /** Null where the tick failed: a gap, never a zero. */
  waiting: number | null;
}

export interface BacklogTrend {
  /**
   * Jobs per minute over the last one, as the rates of a queue are, so that they add up; after a turn, or where that minute
   * goes the other way, the pace of the stretch that decides. Negative drains. Null when unknown.
   */
  changePerMin: number | null;
  direction: "draining" | "steady" | "growing" | "unknown";
  /** Seconds until nothing waits at this pace; null unless it drains, and has not grown over the window either. */
  etaS: number | null;
}

const WINDOW_MS = 300_000;
const MINUTE = 60_000;
/** Fewer points than this tell nothing. */
const MIN_POINTS = 4;
/** Pairs grow with the square: more points than this are thinned. */
const MAX_POINTS = 60;
const UNKNOWN: BacklogTrend = { changePerMin: null, direction: "unknown", etaS: null };

interface Slope {
  perMin: number;
  /** -1 drains, 1 grows, 0 is within the noise. */
  sign: -1 | 0 | 1;
  /** The fitted size at the last point: one noisy reading moves no ETA. */
  level: number;
}

/**
 * Where a backlog is going, from its sizes over the last 5 minutes. The newest stretch that shows a change beyond the
 * noise decides, so a turn is seen after a few ticks; an ETA is given only if no longer stretch still says "growing".
 * After a jump it is told from the points since, as soon as there are enough. Gaps are skipped; with too few points, or none in
 * the last 90 s, it is unknown.
 */
export function backlogTrend(points: readonly BacklogPoint[], now: number): BacklogTrend {
  const recent = points.filter(({ at }) => at <= now && at >= now - WINDOW_MS).sort((a, b) => a.at - b.at);
  const from = backlogJump(recent)?.at ?? now - WINDOW_MS;
  const known = recent.flatMap(({ at, waiting }): Point[] =>
    waiting === null || at < from ? [] : [{ x: at / MINUTE, y: waiting }],
  );
  const last = known.at(-1);
  if (last === undefined || known.length < MIN_POINTS || now / MINUTE - last.x > 1.5) return UNKNOWN;
  const noise = jitter(known);
  const third = known.filter((point) => point.x >= last.x - WINDOW_MS / MINUTE / 3);
  // A stretch of the last few points must stand out more than a long one to be believed.
  const short = slopeOf(known.slice(-5), noise, 4);
  const middle = slopeOf(third, noise, 3);
  const long = slopeOf(known, noise, 3);
  if (long === null) return UNKNOWN;
  const slopes = [short, middle, long].filter((slope) => slope !== null);
  const deciding = slopes.find((slope) => slope.sign !== 0) ?? long;
  const justTurned = deciding === short && long.sign !== short.sign && middle?.sign !== short.sign;
  const changeOf = (slope: Slope): number => (justTurned ? slope.perMin : lastMinute(known, slope));
  if (deciding.sign >= 0)
    return {
      changePerMin: changeOf(deciding),
      direction: deciding.sign > 0 ? "growing" : "steady",
      etaS: null,
    };
  // Of the stretches that agree, the longest measures the pace best.
  const agreeing = slopes.findLast((slope) => slope.sign < 0) ?? deciding;
  const pace = sameLine(agreeing, deciding) ? agreeing : deciding;
  const contradicted = slopes.some((slope) => slope.sign > 0);
  const left = last.y === 0 ? 0 : Math.max(0, pace.level) / -pace.perMin;
  const etaS = contradicted ? null : Math.max(0, left * 60 - (now / MINUTE - last.x) * 60);
  return { changePerMin: changeOf(pace), direction: "draining", etaS };
}

/** What came or went in the last minute; the pace where that says otherwise, or less than half a minute is known. */
function lastMinute(points: readonly Point[], { sign, perMin }: Slope): number {
  const last = points.at(-1);
  const first = last && points.find(({ x }) => x >= last.x - 1 - 1e-6);
  if (last === undefined || first === undefined || last.x - first.x < 0.5) return perMin;
  const change = (last.y - first.y) / (last.x - first.x);
  return sign !== 0 && Math.sign(change) === sign ? change : perMin;
}

/** How much the size jumps from one reading to the next beyond its steady change. */
function jitter(points: readonly Point[]): number {
  return robustSpread(points.slice(1).map((point, i) => point.y - (points[i]?.y ?? point.y)));
}

function slopeOf(points: readonly Point[], noise: number, factor: number): Slope | null {
  if (points.length < MIN_POINTS) return null;
  const thinned = thin(points);
  const perMin = medianSlope(thinned);
  const first = points[0];
  const last = points.at(-1);
  if (perMin === null || first === undefined || last === undefined) return null;
  const offset = median(thinned.map((point) => point.y - perMin * point.x)) ?? 0;
  const residual = robustSpread(thinned.map((point) => point.y - perMin * point.x));
  const change = perMin * (last.x - first.x);
  const significant = Math.abs(change) > Math.max(5, factor * noise, factor * residual);
  return { perMin, sign: significant ? (change > 0 ? 1 : -1) : 0, level: offset + perMin * last.x };
}

function sameLine(a: Slope, b: Slope): boolean {
  return Math.abs(a.perMin - b.perMin) <= 0.3 * Math.abs(b.perMin);
}

function thin(points: readonly Point[]): readonly Point[] {
  if (points.length <= MAX_POINTS) return points;
  const step = (points.length - 1) / (MAX_POINTS - 1);
  return Array.from({ length: MAX_POINTS }, (_, i) => points[Math.round(i * step)]).filter(
    (p) => p !== undefined,
  );
}
