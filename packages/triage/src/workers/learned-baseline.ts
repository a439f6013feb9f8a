import { median } from "../statistics.ts";

export interface WorkerCountSample {
  /** Epoch ms. */
  at: number;
  /** Workers then; null where unknown. */
  workers: number | null;
  /** Was something wrong then? Such samples teach nothing: an outage must not become the new normal. */
  trouble: boolean;
}

export interface LearnedBaseline {
  workers: number;
  /** Samples it rests on, and the time they span. */
  samples: number;
  from: number;
  to: number;
  /** One sentence for the screen. */
  text: string;
}

/** Fewer than this teach nothing. */
const MIN_SAMPLES = 12;
const MAX_AGE_MS = 6 * 3_600_000;

/** How many workers are usual: the median of the last 6 hours without trouble; null until it has 12 such samples. */
export function learnedBaseline(samples: readonly WorkerCountSample[]): LearnedBaseline | null {
  const calm = samples.flatMap(({ at, workers, trouble }) =>
    workers === null || trouble ? [] : [{ at, workers }],
  );
  // Measured back from the last calm sample, so that long trouble does not age the baseline away.
  const to = calm.reduce((last, sample) => Math.max(last, sample.at), Number.NEGATIVE_INFINITY);
  const recent = calm.filter((sample) => sample.at >= to - MAX_AGE_MS);
  const middle = median(recent.map((sample) => sample.workers));
  if (middle === null || recent.length < MIN_SAMPLES) return null;
  const from = recent.reduce((first, sample) => Math.min(first, sample.at), to);
  const workers = Math.round(middle);
  const hours = Math.max(0.1, (to - from) / 3_600_000);
  const span = hours < 1 ? `${Math.round(hours * 60)} min` : `${Math.round(hours * 10) / 10} h`;
  const text = `Expected ${workers}: the median of ${recent.length} samples over ${span} without trouble.`;
  return { workers, samples: recent.length, from, to, text };
}
