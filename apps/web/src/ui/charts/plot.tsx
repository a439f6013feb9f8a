import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  usePlotArea,
  XAxis,
  YAxis,
} from "recharts";
import { formatCount, utcMinute, utcTime, wallClock } from "../../lib/format.ts";
import { placeFlags } from "./flag-words.ts";
import { type ChartMarker, missingWord, type TimeChartProps } from "./time-chart.tsx";
import { useBrush } from "./use-brush.ts";

type Point = Record<string, number | null>;

export default function Plot({
  times,
  series,
  markers = [],
  gaps,
  syncId,
  height,
  format = formatCount,
  onZoom,
}: TimeChartProps) {
  const brush = useBrush(onZoom);
  const points: Point[] = times.map((at, index) => ({
    at,
    ...Object.fromEntries(series.map((one) => [one.key, one.values[index] ?? null])),
  }));
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const tick = span < 10 * 60_000 ? utcTime : utcMinute;
  const labels = new Map(series.map((one) => [one.key, one.label]));
  return (
    <ResponsiveContainer width="100%" height={height ?? 180}>
      <LineChart
        data={points}
        {...brush.handlers}
        margin={{ top: 14, right: 8, bottom: 0, left: 0 }}
        {...(syncId === undefined ? {} : { syncId })}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          height={22}
          domain={["dataMin", "dataMax"]}
          tickFormatter={tick}
          minTickGap={56}
          tick={{ fill: "var(--faint)", fontSize: 11 }}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
        />
        <YAxis
          width={52}
          allowDecimals={format !== formatCount}
          tickFormatter={format}
          tick={{ fill: "var(--faint)", fontSize: 11 }}
          tickLine={false}
          axisLine={false}
          domain={[0, "auto"]}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--line-strong)" }}
          content={({ active, label, payload }) =>
            active && payload !== undefined ? (
              <Crosshair
                at={Number(label)}
                rows={payload.map((one) => ({
                  key: String(one.dataKey),
                  label: labels.get(String(one.dataKey)) ?? "",
                  value: typeof one.value === "number" ? format(one.value) : missingWord(Number(label), gaps),
                }))}
              />
            ) : null
          }
        />
        {(gaps ?? []).map((gap) => (
          <ReferenceArea
            key={gap.from}
            x1={gap.from}
            x2={gap.to}
            fill="var(--raised)"
            fillOpacity={1}
            {...(gap.to - gap.from > span * 0.12 ? { label: gapLabel } : {})}
          />
        ))}
        {markers.map(({ id, at, until }) =>
          until === undefined ? null : (
            <ReferenceArea
              key={`${id} lasts`}
              x1={Math.max(at, times[0] ?? at)}
              x2={Math.min(until, times.at(-1) ?? at)}
              fill="var(--failed)"
              fillOpacity={0.07}
            />
          ),
        )}
        {markers.map((marker) => (
          <ReferenceLine key={marker.id} x={marker.at} stroke={flagColour(marker)} strokeDasharray="2 3" />
        ))}
        {brush.stretch === null ? null : (
          <ReferenceArea {...brush.stretch} fill="var(--accent)" fillOpacity={0.15} />
        )}
        <Flags markers={markers} from={times[0] ?? 0} to={times.at(-1) ?? 0} />
        {series.map((one) => (
          <Line
            key={one.key}
            dataKey={one.key}
            stroke={`var(--${one.colour})`}
            strokeWidth={1.75}
            {...(one.dashed ? { strokeDasharray: "4 3" } : {})}
            dot={false}
            connectNulls={false}
            isAnimationActive={false}
            type="linear"
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}

const gapLabel = { value: "not seen", fill: "var(--faint)", fontSize: 11 };

const flagColour = (marker: ChartMarker) => (marker.tone === "bad" ? "var(--failed)" : "var(--faint)");

/** What the flags say, above the lines. */
function Flags({ markers, from, to }: { markers: readonly ChartMarker[]; from: number; to: number }) {
  const area = usePlotArea();
  if (area === undefined) return null;
  const { x: left, y, width } = area;
  const byId = new Map(markers.map((marker) => [marker.id, marker]));
  return placeFlags(markers, { left, right: left + width, from, to }).map(({ id, text, x, anchor }) => {
    const marker = byId.get(id);
    return marker === undefined ? null : (
      <text key={id} x={x} y={y - 4} textAnchor={anchor} fontSize={11} fill={flagColour(marker)}>
        {text}
      </text>
    );
  });
}

function Crosshair({ at, rows }: { at: number; rows: { key: string; label: string; value: string }[] }) {
  return (
    <div className="rounded-md border border-line bg-panel px-2.5 py-1.5 text-xs shadow-float">
      <p className="text-dim">
        {utcTime(at)}
        {wallClock(at)}
      </p>
      {rows.map((row) => (
        <p key={row.key} className="flex justify-between gap-6">
          <span className="text-dim">{row.label}</span>
          <span className="font-medium">{row.value}</span>
        </p>
      ))}
    </div>
  );
}
