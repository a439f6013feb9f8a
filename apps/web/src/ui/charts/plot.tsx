import { useMemo } from "react";
import { formatCount } from "../../lib/format.ts";
import { Levels, Times } from "./axes.tsx";
import { placeFlags } from "./flag-words.ts";
import { Reader } from "./reader.tsx";
import { levelsOf, shareOf } from "./scale.ts";
import { Sketch } from "./sketch.tsx";
import type { ChartGap, ChartMarker, ChartSeries, TimeChartProps } from "./time-chart.tsx";
import { useDrawn } from "./use-drawn.ts";
import { useWidth } from "./use-width.ts";

/** Around the lines, px: for the words of flags above, and for the labels below. */
const above = 14;
const below = 22;

const none: readonly never[] = [];

/** Lines over time, by which heights and times are read; `height` with all around them, px. */
export function Plot(props: TimeChartProps & { height: number }) {
  const { times, series, markers = none, gaps = none, height, format = formatCount, main } = props;
  const [width, ref] = useWidth();
  const from = times[0] ?? 0;
  const to = times.at(-1) ?? from;
  const room = height - above - below;
  const levels = useMemo(() => levelsFor(series, format === formatCount, main), [series, format, main]);
  const [bottom, top] = [levels[0] ?? 0, levels.at(-1) ?? 1];
  const shown = useMemo(() => overBottom(series, bottom), [series, bottom]);
  const y = (value: number) => room * (1 - (value - bottom) / (top - bottom));
  const drawn = useDrawn(
    width === null ? null : { times, series: shown, markers, gaps, levels, width, height: room },
  );
  return (
    <div className="relative text-2xs text-faint" style={{ height }}>
      <div ref={ref} className="absolute top-[14px] right-2 bottom-[22px] left-[52px]">
        {drawn === null ? (
          <Sketch {...{ times, levels, y }} series={shown} height={room} />
        ) : (
          <drawn.Lines {...drawn.props} />
        )}
        <Levels levels={levels} format={format} y={y} />
        {bottom === 0 ? null : (
          <span className="absolute bottom-0.5 left-1">
            begins at {format(bottom)}, not at 0{belowWords(shown)}
          </span>
        )}
        <GapWords gaps={gaps} from={from} to={to} />
        {width === null ? null : (
          <>
            <Times from={from} to={to} width={width} />
            <Flags markers={markers} from={from} to={to} width={width} />
          </>
        )}
        <Reader {...props} room={room} bottom={bottom} y={y} />
      </div>
    </div>
  );
}

/** The heights from zero to over all lines; from near the lowest value of the main one where that is far from zero. */
function levelsFor(series: readonly ChartSeries[], whole: boolean, main: string | undefined): number[] {
  const known = (values: ChartSeries["values"]) => values.filter((value) => value !== null);
  const highest = Math.max(0, ...series.flatMap(({ values }) => known(values)));
  const lowest = known(series.find(({ key }) => key === main)?.values ?? []);
  return levelsOf(highest, whole, lowest.length === 0 ? 0 : Math.min(...lowest));
}

/** Which lines are not there for it. */
function belowWords(shown: readonly ChartSeries[]): string {
  const below = shown.filter(({ values }) => values.every((value) => value === null));
  return below.length === 0 ? "" : `; below it: ${below.map(({ label }) => label).join(", ")}`;
}

/** Without what lies below the lowest level. */
const overBottom = (series: readonly ChartSeries[], bottom: number): readonly ChartSeries[] =>
  bottom === 0
    ? series
    : series.map((one) => ({
        ...one,
        values: one.values.map((value) => (value === null || value < bottom ? null : value)),
      }));

/** Where a gap is wide enough for words. */
function GapWords({ gaps, from, to }: { gaps: readonly ChartGap[]; from: number; to: number }) {
  return gaps.map((gap) => {
    const [start, end] = [gap.from, gap.to].map((at) => Math.min(1, Math.max(0, shareOf(at, from, to))));
    const [middle, width] = [((start ?? 0) + (end ?? 0)) / 2, (end ?? 0) - (start ?? 0)];
    return width < 0.12 ? null : (
      <span key={gap.from} className="absolute top-1/2 -translate-1/2" style={{ left: `${middle * 100}%` }}>
        not seen
      </span>
    );
  });
}

interface FlagsProps {
  markers: readonly ChartMarker[];
  from: number;
  to: number;
  /** Of the lines, px. */
  width: number;
}

const shift = { start: "", middle: "-translate-x-1/2", end: "-translate-x-full" };

/** What the flags say, above the lines. */
function Flags({ markers, from, to, width }: FlagsProps) {
  const bad = new Set(markers.flatMap(({ id, tone }) => (tone === "bad" ? id : [])));
  return placeFlags(markers, { left: 0, right: width, from, to }).map(({ id, text, x, anchor }) => (
    <span
      key={id}
      className={`absolute bottom-full whitespace-nowrap ${shift[anchor]} ${bad.has(id) ? "text-failed" : ""}`}
      style={{ left: x }}
    >
      {text}
    </span>
  ));
}
