import { formatCount, shownStamp } from "../../lib/format.ts";
import { TimeHead } from "../relative-time.tsx";
import { missingWord } from "./missing-word.ts";
import type { TimeChartProps } from "./time-chart.tsx";

/** The figures behind the lines. */
export function ChartTable({ title, times, series, gaps, format = formatCount }: TimeChartProps) {
  return (
    <section
      aria-label={`${title}, figures`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="max-h-60 overflow-auto rounded border border-line"
    >
      <table className="w-full text-xs">
        <thead className="sticky top-0 bg-panel text-dim">
          <tr className="h-7">
            <th className="px-2 text-left font-medium">
              <TimeHead />
            </th>
            {series.map((one) => (
              <th key={one.key} className="px-2 text-right font-medium">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((at, index) => (
            <tr key={at} className="h-6 border-t border-line">
              <td className="px-2 whitespace-nowrap">{shownStamp(at)}</td>
              {series.map((one) => {
                const value = one.values[index] ?? null;
                return (
                  <td key={one.key} className="px-2 text-right">
                    {value === null ? missingWord(at, gaps) : format(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
