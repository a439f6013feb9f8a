import { formatCount } from "../../lib/format.ts";
import { Levels, Times } from "./axes.tsx";
import { placeFlags } from "./flag-words.ts";
import { linePath } from "./line-path.ts";
import { Reader } from "./reader.tsx";
import { levelsOf, shareOf } from "./scale.ts";
import type { ChartGap, ChartMarker, TimeChartProps } from "./time-chart.tsx";
import { useWidth } from "./use-width.ts";

/** Around the lines, px: for the words of flags above, and for the labels below. */
const above = 14;
const below = 22;
/** The lines are drawn this wide and stretched to whatever room there is: only words need to know how much that is. */
const units = 1_000;

/** Lines over time, by which heights and times are read; `height` with all around them, px. */
export function Plot(props: TimeChartProps & { height: number }) {
  const { times, series, markers = [], gaps = [], height, format = formatCount } = props;
  const [width, ref] = useWidth();
  const from = times[0] ?? 0;
  const to = times.at(-1) ?? from;
  const room = height - above - below;
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const levels = levelsOf(highest, format === formatCount);
  const top = levels.at(-1) ?? 1;
  const y = (value: number) => room - (value / top) * room;
  const axis = { from, to, room };
  return (
    <div className="relative text-2xs text-faint" style={{ height }}>
      <div ref={ref} className="absolute top-[14px] right-2 bottom-[22px] left-[52px]">
        <svg
          aria-hidden
          viewBox={`0 0 ${units} ${room}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          <path d={levels.map((level) => `M0 ${y(level)}h${units}`).join("")} {...thin} />
          <Gaps gaps={gaps} {...axis} />
          <Markers markers={markers} {...axis} />
          {series.map(({ key, values, colour, dashed }) => (
            <path
              key={key}
              d={linePath(values, { x: times.map((at) => units * shareOf(at, from, to)), y })}
              fill="none"
              stroke={`var(--${colour})`}
              strokeWidth={1.75}
              strokeLinejoin="round"
              strokeLinecap={dashed ? "butt" : "round"}
              strokeDasharray={dashed ? "4 3" : undefined}
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
        <Levels levels={levels} format={format} y={y} />
        <GapWords gaps={gaps} {...axis} />
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

const thin = {
  stroke: "var(--line)",
  vectorEffect: "non-scaling-stroke",
  shapeRendering: "crispEdges",
} as const;

interface Axis {
  from: number;
  to: number;
  room: number;
}

/** As much of a stretch as lies between the edges, in units of the drawing. */
function inside(start: number, end: number, { from, to }: Axis): { x: number; width: number } {
  const [x, until] = [start, end].map((at) => units * Math.min(1, Math.max(0, shareOf(at, from, to))));
  return { x: x ?? 0, width: Math.max(0, (until ?? 0) - (x ?? 0)) };
}

const Gaps = ({ gaps, ...axis }: Axis & { gaps: readonly ChartGap[] }) =>
  gaps.map((gap) => (
    <rect key={gap.from} {...inside(gap.from, gap.to, axis)} height={axis.room} fill="var(--raised)" />
  ));

/** Where a gap is wide enough for words. */
const GapWords = ({ gaps, ...axis }: Axis & { gaps: readonly ChartGap[] }) =>
  gaps.map((gap) => {
    const { x, width } = inside(gap.from, gap.to, axis);
    return width < units * 0.12 ? null : (
      <span
        key={gap.from}
        className="absolute top-1/2 -translate-1/2"
        style={{ left: `${((x + width / 2) / units) * 100}%` }}
      >
        not seen
      </span>
    );
  });

const flagColour = ({ tone }: ChartMarker) => (tone === "bad" ? "var(--failed)" : "var(--faint)");

const Markers = ({ markers, ...axis }: Axis & { markers: readonly ChartMarker[] }) => (
  <>
    {markers.map(({ id, at, until }) =>
      until === undefined ? null : (
        <rect
          key={id}
          {...inside(at, until, axis)}
          height={axis.room}
          fill="var(--failed)"
          fillOpacity={0.07}
        />
      ),
    )}
    {markers.map((marker) => {
      const share = shareOf(marker.at, axis.from, axis.to);
      return share < 0 || share > 1 ? null : (
        <path
          key={marker.id}
          d={`M${units * share} 0V${axis.room}`}
          stroke={flagColour(marker)}
          strokeDasharray="2 3"
          vectorEffect="non-scaling-stroke"
        />
      );
    })}
  </>
);

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
