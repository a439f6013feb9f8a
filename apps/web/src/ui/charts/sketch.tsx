import { linePath } from "./line-path.ts";
import { shareOf } from "./scale.ts";
import type { TimeChartProps } from "./time-chart.tsx";

/** The lines are drawn this wide and stretched to whatever room there is, so that nothing has to be measured. */
const units = 1_000;

interface SketchProps extends Pick<TimeChartProps, "times" | "series"> {
  /** Px. */
  height: number;
  levels: readonly number[];
  y: (value: number) => number;
}

/** The same lines in the first picture, at a hundredth of the work, until what draws charts has had its turn. */
export function Sketch({ times, series, height, levels, y }: SketchProps) {
  const from = times[0] ?? 0;
  const x = times.map((at) => units * shareOf(at, from, times.at(-1) ?? from));
  return (
    <svg
      aria-hidden
      data-sketch
      viewBox={`0 0 ${units} ${height}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      <path
        d={levels.map((level) => `M0 ${y(level)}h${units}`).join("")}
        stroke="var(--line)"
        vectorEffect="non-scaling-stroke"
      />
      {series.map(({ key, values, colour, dashed }) => (
        <path
          key={key}
          d={linePath(values, { x, y })}
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
  );
}
