import { type History, MOST_SAMPLES } from "./flags.ts";
import { UsageError } from "./usage-error.ts";

export interface HistoryLayers {
  /** How many samples are kept as they were taken. */
  historySamples: number;
  /** What is kept of the time before, joined to longer steps; the finest first. */
  coarserHistory: readonly { stepMs: number; samples: number }[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What tells of the time that is older than `fromMs`, as far back as `untilMs`. */
const COARSER = [
  { stepMs: 10_000, fromMs: 30 * MINUTE_MS, untilMs: HOUR_MS },
  { stepMs: MINUTE_MS, fromMs: HOUR_MS, untilMs: 12 * HOUR_MS },
  { stepMs: 300_000, fromMs: 12 * HOUR_MS, untilMs: Number.POSITIVE_INFINITY },
];
/** A step of fewer samples than this is not worth its own layer. */
const FEWEST_JOINED = 4;

/**
 * Every sample of the last half hour, ten seconds of an hour, minutes of 12 hours, five minutes of what is older: two days for the
 * room of an hour and a half of single samples. A number of samples means just those.
 */
export function layersOf(history: History, intervalMs: number, source: string): HistoryLayers {
  if ("samples" in history) return { historySamples: history.samples, coarserHistory: [] };
  const worth = COARSER.filter(({ stepMs }) => stepMs >= FEWEST_JOINED * intervalMs);
  const fineMs = Math.min(history.ms, worth[0]?.fromMs ?? history.ms);
  const historySamples = Math.ceil(fineMs / intervalMs);
  const coarserHistory = worth
    .filter(({ fromMs }) => history.ms > fromMs)
    .map(({ stepMs, untilMs }) => ({ stepMs, samples: Math.ceil(Math.min(history.ms, untilMs) / stepMs) }));
  const samples = coarserHistory.reduce((sum, layer) => sum + layer.samples, historySamples);
  if (historySamples >= 2 && samples <= MOST_SAMPLES) return { historySamples, coarserHistory };
  throw new UsageError(
    `${source} must hold 2 to ${MOST_SAMPLES} samples; at --sample-interval ${intervalMs}ms this is ${samples}.`,
  );
}
