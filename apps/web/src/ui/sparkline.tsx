import { cx } from "./cx.ts";

interface SparklineProps {
  /** Oldest first; null is a gap and stays one. */
  values: readonly (number | null)[];
  /** What the line shows, in words, for those who can't see it. */
  label: string;
  width?: number;
  height?: number;
  /** A text colour class; the line takes it. */
  className?: string;
  /** Places on the axis where something happened; between 0 and the last value's. */
  marks?: readonly number[];
}

/** Points as path pieces, one piece between gaps; a lone point becomes a short dash. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, 0);
  const low = Math.min(...known, top);
  const floor = low > top * 0.5 ? low - (top - low) * 0.5 : 0;
  const span = top - floor || 1;
  const step = values.length > 1 ? width / (values.length - 1) : width;
  let drawing = false;
  return values
    .map((value, index) => {
      if (value === null) {
        drawing = false;
        return "";
      }
      const x = (index * step).toFixed(1);
      const y = (height - 1.5 - ((value - floor) / span) * (height - 3)).toFixed(1);
      const piece = drawing ? `L${x} ${y}` : `M${x} ${y}h0.1`;
      drawing = true;
      return piece;
    })
    .join("");
}

export function Sparkline({
  values,
  label,
  width = 96,
  height = 20,
  className = "text-dim",
  marks = [],
}: SparklineProps) {
  const step = width / Math.max(1, values.length - 1);
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={cx("block", className)}
    >
      {marks.map((place) => (
        <path
          key={place}
          d={`M${(place * step).toFixed(1)} 0V${height}`}
          stroke="var(--text)"
          strokeWidth={1}
          strokeDasharray="2 2"
        />
      ))}
      <path
        d={sparkPath(values, width, height)}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

interface SparkBarsProps {
  /** Oldest first, from zero; null is a gap. */
  values: readonly (number | null)[];
  label: string;
  height?: number;
  className?: string;
  /** Places on the axis where something happened, e.g. a deploy; between 0 and the number of values. */
  marks?: readonly number[];
}

/** Bars as wide as there is room; for counts per bucket. */
export function SparkBars({
  values,
  label,
  height = 20,
  className = "text-dim",
  marks = [],
}: SparkBarsProps) {
  const top = Math.max(...values.map((value) => value ?? 0), 1);
  return (
    <svg
      role="img"
      aria-label={label}
      width="100%"
      height={height}
      viewBox={`0 0 ${Math.max(values.length, 1)} ${height}`}
      preserveAspectRatio="none"
      className={cx("block", className)}
    >
      {values.map((value, index) => {
        const size = value === null ? 0 : Math.max((value / top) * height, 1);
        return (
          <rect key={index} x={index + 0.1} y={height - size} width={0.8} height={size} fill="currentColor" />
        );
      })}
      {marks.map((at) => (
        <path
          key={at}
          d={`M${at} 0V${height}`}
          stroke="var(--text)"
          strokeWidth={1}
          strokeDasharray="2 2"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
