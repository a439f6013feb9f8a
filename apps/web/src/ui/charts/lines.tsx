import { memo } from "react";
import { CartesianGrid, Line, LineChart, ReferenceArea, ReferenceLine, XAxis, YAxis } from "recharts";
import { flagColour } from "./flag-words.ts";
import type { TimeChartProps } from "./time-chart.tsx";

export interface LinesProps extends Required<Pick<TimeChartProps, "times" | "series" | "markers" | "gaps">> {
  /** Px. */
  width: number;
  height: number;
  /** The heights that have a line of their own, from the bottom to the top. */
  levels: readonly number[];
}

type Point = Record<string, number | null>;

const noMargin = { top: 0, right: 0, bottom: 0, left: 0 };

/** The lines themselves and what lies behind them. Words, and what reads the figures, are around it and above it: see plot.tsx. */
export default memo(function Lines({ times, series, markers, gaps, width, height, levels }: LinesProps) {
  const points: Point[] = times.map((at, index) => ({
    at,
    ...Object.fromEntries(series.map((one) => [one.key, one.values[index] ?? null])),
  }));
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0];
  const [bottom, top] = [levels[0] ?? 0, levels.at(-1) ?? 1];
  const inside = (at: number) => Math.min(to, Math.max(from, at));
  return (
    <LineChart
      className="[&_svg]:overflow-visible"
      width={width}
      height={height}
      data={points}
      margin={noMargin}
      accessibilityLayer={false}
    >
      <XAxis hide dataKey="at" type="number" domain={[from, to]} />
      <YAxis hide domain={[bottom, top]} />
      <CartesianGrid
        vertical={false}
        stroke="var(--line)"
        horizontalPoints={levels.map((level) => height * (1 - (level - bottom) / (top - bottom)))}
      />
      {gaps.map((gap) => (
        <ReferenceArea
          key={gap.from}
          x1={inside(gap.from)}
          x2={inside(gap.to)}
          fill="var(--raised)"
          fillOpacity={1}
        />
      ))}
      {markers.map(({ id, at, until }) =>
        until === undefined ? null : (
          <ReferenceArea
            key={`${id} lasts`}
            x1={inside(at)}
            x2={inside(until)}
            fill="var(--failed)"
            fillOpacity={0.07}
          />
        ),
      )}
      {markers.map((marker) => (
        <ReferenceLine key={marker.id} x={marker.at} stroke={flagColour(marker)} strokeDasharray="2 3" />
      ))}
      {series.map((one) => (
        <Line
          key={one.key}
          dataKey={one.key}
          stroke={`var(--${one.colour})`}
          strokeWidth={1.75}
          strokeLinejoin="round"
          strokeLinecap={one.dashed ? "butt" : "round"}
          {...(one.dashed ? { strokeDasharray: "4 3" } : {})}
          dot={false}
          activeDot={false}
          connectNulls={false}
          isAnimationActive={false}
          type="linear"
        />
      ))}
    </LineChart>
  );
});
