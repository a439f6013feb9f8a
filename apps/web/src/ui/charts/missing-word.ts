import type { ChartGap } from "./time-chart.tsx";

/** What stands where there is no figure: not seen at all, or not known. */
export const missingWord = (at: number, gaps: readonly ChartGap[] | undefined): string =>
  gaps === undefined || gaps.some((gap) => at >= gap.from && at <= gap.to) ? "gap" : "–";
