import type { Marker, QueueDetail, Sample } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import type { markersQuery } from "../../api/queries.ts";
import { flagsOf, gapsOf, lineOf, timesOf } from "../../features/history-charts/chart-plans.ts";
import { windowBetween } from "../../features/history-charts/horizons.ts";
import { formatRate } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { type ChartSeries, TimeChart } from "../../ui/charts/time-chart.tsx";
import { Panel } from "../../ui/panel.tsx";

/** Backlog and flow of the last while, one crosshair over both. A stretch that is drawn opens in all its charts. */
export function QueueTrend(props: { queue: QueueDetail; query: ReturnType<typeof markersQuery> }) {
  const { history, name } = props.queue;
  const markers = useQuery(props.query).data?.items;
  const navigate = useNavigate();
  // Drawn again when a sample comes, not with all else that is told of the queue.
  const lines = useMemo(() => linesOf(history), [history]);
  const flags = useMemo(() => flagsFrom(lines.times[0] ?? 0, markers ?? []), [lines, markers]);
  if (history.length < 2) {
    return (
      <Panel title="Trend">
        <p className="text-sm text-dim">
          Not sampled often enough yet; the first lines appear within two samples.
        </p>
      </Panel>
    );
  }
  const shared = {
    times: lines.times,
    gaps: lines.gaps,
    markers: flags,
    height: 120,
    syncId: `queue ${name}`,
    onZoom: (from: number, to: number) =>
      void navigate(`${paths.queueMetrics(name)}?${new URLSearchParams({ ...windowBetween(from, to) })}`),
  };
  return (
    <Panel title="Trend">
      <div className="flex flex-col gap-4">
        <TimeChart {...shared} title="Backlog" main="waiting" series={lines.backlog} />
        <TimeChart {...shared} title="Flow per minute" format={formatRate} series={lines.flow} />
      </div>
    </Panel>
  );
}

function linesOf(history: readonly Sample[]) {
  const times = timesOf(history);
  return { times, gaps: gapsOf(history), backlog: backlogOf(history), flow: flowOf(history, times) };
}

const flagsFrom = (first: number, markers: readonly Marker[]) =>
  flagsOf(markers, null).filter((flag) => (flag.until ?? flag.at) >= first);

const backlogOf = (history: readonly Sample[]): ChartSeries[] => [
  { key: "waiting", label: "waiting", colour: "waiting", values: history.map((sample) => sample.waiting) },
  {
    key: "active",
    label: "active",
    colour: "dim",
    dashed: true,
    values: history.map((sample) => sample.active),
  },
];

const flowOf = (history: readonly Sample[], times: readonly number[]): ChartSeries[] => [
  {
    key: "enqueued",
    label: "come in",
    colour: "dim",
    dashed: true,
    values: lineOf(history, times, "enqueued"),
  },
  {
    key: "throughput",
    label: "completed",
    colour: "completed",
    values: lineOf(history, times, "throughput"),
  },
  {
    key: "failing",
    label: "failing runs",
    colour: "failed",
    values: lineOf(history, times, "failed_attempts"),
  },
];
