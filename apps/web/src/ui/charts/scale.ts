/** Where a time lies between two others, 0–1; outside of it beyond them. */
export const shareOf = (at: number, from: number, to: number): number => (at - from) / Math.max(1, to - from);

/** Steps into which the height is parted, about. */
const fewSteps = 4;

/** From this share of the highest value on the lowest is far from zero. */
const far = 0.75;
/** A span less than this share of the highest value is drawn no larger: it would make mountains of ripples. */
const flattest = 0.05;

/**
 * Round figures, evenly apart, the last not below the highest value, the first zero, or where all are far from it not above
 * the lowest. `whole`: what is counted has no halves.
 */
export function levelsOf(highest: number, whole: boolean, lowest = 0): number[] {
  const low = lowest >= far * highest ? Math.min(lowest, highest * (1 - flattest)) : 0;
  const rough = (highest > 0 ? highest - low : 1) / fewSteps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  const step = Math.max(nice * power, whole ? 1 : 0);
  const first = Math.floor(low / step + 1e-9);
  const count = Math.max(1, Math.ceil(highest / step - 1e-9) - first);
  // Multiplied anew, as sums of tenths drift.
  return Array.from({ length: count + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

const second = 1_000;
export const minute = 60 * second;
const hour = 60 * minute;
export const day = 24 * hour;

const roundSpans = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28].map((count) => count * day),
];

/** Round times (UTC) between two, evenly apart, at most so many; epoch ms. */
export function roundTimes(from: number, to: number, most: number): { step: number; times: number[] } {
  const span = to - from;
  const step = roundSpans.find((one) => span / one <= most) ?? span;
  const times: number[] = [];
  if (step > 0) for (let at = Math.ceil(from / step) * step; at <= to; at += step) times.push(at);
  return { step, times };
}

/** The place of what is nearest in a list that rises; -1 in an empty one. */
export function nearest(rising: readonly number[], wanted: number): number {
  let [low, high] = [0, rising.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  return wanted - (rising[low] ?? 0) <= (rising[high] ?? 0) - wanted ? Math.min(low, high) : high;
}
