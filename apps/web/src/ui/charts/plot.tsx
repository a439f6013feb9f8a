import { formatCount } from "../../lib/format.ts";
import { Levels, Times } from "./axes.tsx";
import { placeFlags } from "./flag-words.ts";
import { Reader } from "./reader.tsx";
import { levelsOf, shareOf } from "./scale.ts";
import { Sketch } from "./sketch.tsx";
import type { ChartGap, ChartMarker, TimeChartProps } from "./time-chart.tsx";
import { useDrawn } from "./use-drawn.ts";
import { useWidth } from "./use-width.ts";

/** Around the lines, px: for the words of flags above, and for the labels below. */
const above = 14;
const below = 22;

const none: readonly never[] = [];

/** Lines over time, by which heights and times are read; `height` with all around them, px. */
export function Plot(props: TimeChartProps & { height: number }) {
  const { times, series, markers = none, gaps = none, height, format = formatCount } = props;
  const [width, ref] = useWidth();
  const from = times[0] ?? 0;
  const to = times.at(-1) ?? from;
  const room = height - above - below;
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const levels = levelsOf(highest, format === formatCount);
  const top = levels.at(-1) ?? 1;
  const y = (value: number) => room - (value / top) * room;
  const drawn = useDrawn(
    width === null ? null : { times, series, markers, gaps, levels, width, height: room },
  );
  return (
    <div className="relative text-2xs text-faint" style={{ height }}>
      <div ref={ref} className="absolute top-[14px] right-2 bottom-[22px] left-[52px]">
        {drawn === null ? (
          <Sketch {...{ times, series, levels, y }} height={room} />
        ) : (
          <drawn.Lines {...drawn.props} />
        )}
        <Levels levels={levels} format={format} y={y} />
        <GapWords gaps={gaps} from={from} to={to} />
        {width === null ? null : (
          <>
            <Times from={from} to={to} width={width} />
            <Flags markers={markers} from={from} to={to} width={width} />
          </>
        )}
        <Reader {...props} room={room} y={y} />
      </div>
    </div>
  );
}

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
