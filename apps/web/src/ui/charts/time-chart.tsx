import { useState } from "react";
import { ChartTable } from "./chart-table.tsx";
import { Plot } from "./plot.tsx";

export interface ChartSeries {
  key: string;
  label: string;
  /** A token name: the colour of the line in both themes. */
  colour: "waiting" | "active" | "delayed" | "completed" | "failed" | "paused" | "accent" | "dim";
  /** One per time; null is a gap and stays one. */
  values: readonly (number | null)[];
  /** Dashed for what is compared against. */
  dashed?: boolean;
}

export interface ChartMarker {
  id: string;
  /** Epoch ms. */
  at: number;
  /** Where it lasts: until when, epoch ms; it may be beyond the axis. */
  until?: number;
  label: string;
  tone: "plain" | "bad";
}

/** A stretch in which nothing could be measured. Epoch ms. */
export interface ChartGap {
  from: number;
  to: number;
}

export interface TimeChartProps {
  title: string;
  /** What the figures are, beside the title: `per minute`. */
  unit?: string;
  /** Epoch ms, oldest first. */
  times: readonly number[];
  series: readonly ChartSeries[];
  /** The key of the line that the chart is about: where it stays far from zero, the axis begins near it and says so. */
  main?: string;
  markers?: readonly ChartMarker[];
  /** Shaded, so that a broken line reads as "not seen", not as nothing. */
  gaps?: readonly ChartGap[];
  /** Charts with the same id share one crosshair. */
  syncId: string;
  height?: number;
  format?: (value: number) => string;
  /** Dragging across the chart asks for that stretch, epoch ms; it is at least one step long. */
  onZoom?: (from: number, to: number) => void;
}

/** Several lines over time with flags for what explains them, and the same figures as a table. */
export function TimeChart(props: TimeChartProps) {
  const { title, unit, series, height = 180 } = props;
  const [asTable, setAsTable] = useState(false);
  return (
    <figure aria-label={title} className="min-w-0">
      {/* In two lines however many lines are drawn, so that charts side by side begin at one height. */}
      <figcaption className="grid grid-cols-[1fr_auto] items-baseline gap-y-1 pb-2 text-xs">
        <span className="text-sm font-semibold">
          {title}
          {unit === undefined ? null : <span className="text-xs font-normal text-faint"> {unit}</span>}
        </span>
        <button
          type="button"
          aria-pressed={asTable}
          className="text-faint hover:text-accent"
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? "Chart" : "Table"}
        </button>
        <span className="col-span-2 flex flex-wrap gap-x-4">
          {series.map((one) => (
            <LegendEntry key={one.key} of={one} />
          ))}
        </span>
      </figcaption>
      {asTable ? <ChartTable {...props} /> : <Plot {...props} height={height} />}
    </figure>
  );
}

const LegendEntry = ({ of: { label, colour, dashed } }: { of: ChartSeries }) => (
  <span className="inline-flex items-center gap-1.5 text-dim">
    <svg width="14" height="8" aria-hidden className={colourClass[colour]}>
      <path d="M0 4h14" stroke="currentColor" strokeWidth="2" strokeDasharray={dashed ? "3 2" : undefined} />
    </svg>
    {label}
  </span>
);

const colourClass: Record<ChartSeries["colour"], string> = {
  waiting: "text-waiting",
  active: "text-active",
  delayed: "text-delayed",
  completed: "text-completed",
  failed: "text-failed",
  paused: "text-paused",
  accent: "text-accent",
  dim: "text-dim",
};
