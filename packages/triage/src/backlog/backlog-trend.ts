import { median, medianSlope, type Point, robustSpread } from "../statistics.ts";

export interface BacklogPoint {
  /** Epoch ms. */
  at: number;
  /** Null where the tick failed: a gap, never a zero. */
  waiting: number | null;
}

export interface BacklogTrend {
  /** Jobs per minute; negative drains. Null when unknown. */
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
 * Gaps are skipped; with too few points, or none in the last 90 s, it is unknown.
 */
export function backlogTrend(points: readonly BacklogPoint[], now: number): BacklogTrend {
  const known = points.flatMap(({ at, waiting }): Point[] =>
    waiting === null || at > now || at < now - WINDOW_MS ? [] : [{ x: at / MINUTE, y: waiting }],
  );
  known.sort((a, b) => a.x - b.x);
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
  if (deciding.sign >= 0)
    return { changePerMin: deciding.perMin, direction: deciding.sign > 0 ? "growing" : "steady", etaS: null };
  // Of the stretches that agree, the longest measures the pace best.
  const agreeing = slopes.findLast((slope) => slope.sign < 0) ?? deciding;
  const pace = sameLine(agreeing, deciding) ? agreeing : deciding;
  const contradicted = slopes.some((slope) => slope.sign > 0);
  const left = last.y === 0 ? 0 : Math.max(0, pace.level) / -pace.perMin;
  const etaS = contradicted ? null : Math.max(0, left * 60 - (now / MINUTE - last.x) * 60);
  return { changePerMin: pace.perMin, direction: "draining", etaS };
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
