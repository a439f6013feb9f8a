import type { ChartMarker } from "./time-chart.tsx";

/** Where a chart's lines are drawn, px, and the times at its two edges, epoch ms. */
export interface PlotSpan {
  left: number;
  right: number;
  from: number;
  to: number;
}

export interface FlagWords {
  id: string;
  text: string;
  x: number;
  anchor: "start" | "middle" | "end";
}

export const flagColour = ({ tone }: ChartMarker) => (tone === "bad" ? "var(--failed)" : "var(--faint)");

/** At 11 px a character is about this wide; words keep so much apart; fewer characters than this say nothing. */
const characterPx = 6;
const gapPx = 10;
const fewest = 8;
const most = 36;

const cut = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;

/**
 * The words of the flags, each over its line: moved inwards at an edge, shortened where there is less room. The newest come
 * first; one whose words would lie over those of a newer one has none.
 */
export function placeFlags(markers: readonly ChartMarker[], span: PlotSpan): FlagWords[] {
  const { left, right, from, to } = span;
  const placed: FlagWords[] = [];
  let bound = right;
  for (const { id, at, label } of markers
    .map((marker) => onAxis(marker, from))
    .toSorted((a, b) => b.at - a.at)) {
    const x = left + ((at - from) / Math.max(1, to - from)) * (right - left);
    const room = Math.floor((bound - left) / characterPx);
    if (at < from || at > to || x > bound || room < fewest) continue;
    const text = cut(label, Math.min(most, room));
    const width = text.length * characterPx;
    const start = Math.max(left, Math.min(x - width / 2, bound - width));
    placed.push({ id, text, ...anchored(x, start, width) });
    bound = start - gapPx;
  }
  return placed;
}

/** What began before the axis and lasts into it speaks at its beginning: else nothing would say what shades it. */
const onAxis = (marker: ChartMarker, from: number): ChartMarker =>
  marker.until !== undefined && marker.at < from && marker.until > from ? { ...marker, at: from } : marker;

/** Held by the end that must not move, as the width is no more than a guess. */
function anchored(x: number, start: number, width: number): Pick<FlagWords, "x" | "anchor"> {
  const middle = start + width / 2;
  if (Math.abs(middle - x) < 1) return { x, anchor: "middle" };
  return middle < x ? { x: start + width, anchor: "end" } : { x: start, anchor: "start" };
}
