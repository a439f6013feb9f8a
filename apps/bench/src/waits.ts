/** How long somebody waited for answers, ms; NaN where nobody was answered. */
export interface Waits {
  answers: number;
  p50: number;
  p95: number;
  p99: number;
  worst: number;
}

export function summaryOf(waits: readonly number[]): Waits {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
  return { answers: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) };
}
