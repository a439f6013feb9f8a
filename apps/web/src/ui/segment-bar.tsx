import { cx } from "./cx.ts";

export interface Segment {
  key: string;
  value: number;
  /** A text colour class; the segment takes it. */
  className: string;
}

interface SegmentBarProps {
  segments: readonly Segment[];
  /** What the whole bar stands for; what the segments leave is ground. */
  total: number;
  /** What it shows, in words, for those who can't see it. */
  label: string;
  size?: "normal" | "tall";
}

/** So that one job of a million can be seen, in hundredths of the bar. */
const least = 1.2;

/** Where each segment lies, in hundredths; what is there is never invisible, at the cost of the largest. */
export function layOut(values: readonly number[], total: number): { x: number; width: number }[] {
  const whole = Math.max(
    total,
    values.reduce((sum, one) => sum + one, 0),
  );
  const widths = values.map((value) => (value <= 0 ? 0 : Math.max(least, (value / whole) * 100)));
  const over = widths.reduce((sum, one) => sum + one, 0) - 100;
  if (over > 0) {
    const largest = widths.indexOf(Math.max(...widths));
    widths[largest] = Math.max(least, (widths[largest] ?? 0) - over);
  }
  let x = 0;
  return widths.map((width) => {
    const place = { x, width };
    x += width;
    return place;
  });
}

/** How a whole divides, as an SVG so that no inline style is needed. Say the figures beside it. */
export function SegmentBar({ segments, total, label, size = "normal" }: SegmentBarProps) {
  const places = layOut(
    segments.map(({ value }) => value),
    total,
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className={cx("block w-full overflow-hidden rounded", size === "tall" ? "h-5" : "h-2.5")}
    >
      <rect width="100" height="10" className="fill-raised" />
      {segments.map(({ key, value, className }, index) => (
        <rect
          key={key}
          x={places[index]?.x}
          // A hair of ground between neighbours keeps them apart without colour.
          width={Math.max(0, (places[index]?.width ?? 0) - 0.25)}
          height="10"
          fill="currentColor"
          className={cx(className, value > 0 && "transition-all duration-150")}
        />
      ))}
    </svg>
  );
}
