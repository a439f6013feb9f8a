import type { QueueDetail } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import type { historyQuery } from "../../api/queries.ts";
import { gapsOf } from "../../features/history-charts/chart-plans.ts";
import { formatRate } from "../../lib/format.ts";
import { TimeChart } from "../../ui/charts/time-chart.tsx";
import { Panel } from "../../ui/panel.tsx";

/** Backlog and flow of the last while, one crosshair over both. */
export function QueueTrend(props: { queue: QueueDetail; query: ReturnType<typeof historyQuery> }) {
  const { queue, query } = props;
  const markers = useQuery(query).data?.markers ?? [];
  const { history, name } = queue;
  if (history.length < 2) {
    return (
      <Panel title="Trend">
        <p className="text-sm text-dim">
          Not sampled often enough yet; the first lines appear within two samples.
        </p>
      </Panel>
    );
  }
  const times = history.map((sample) => Date.parse(sample.timestamp));
  const shared = {
    times,
    gaps: gapsOf(history),
    syncId: `queue ${name}`,
    markers: markers
      .filter((one) => Date.parse(one.at) >= (times[0] ?? 0))
      .map((one) => ({
        id: one.id,
        at: Date.parse(one.at),
        label: one.title,
        tone: one.kind === "incident" ? ("bad" as const) : ("plain" as const),
      })),
  };
  return (
    <Panel title="Trend">
      <div className="flex flex-col gap-4">
        <TimeChart
          {...shared}
          title="Backlog"
          height={120}
          series={[
            {
              key: "waiting",
              label: "waiting",
              colour: "waiting",
              values: history.map((sample) => sample.waiting),
            },
            {
              key: "active",
              label: "active",
              colour: "dim",
              dashed: true,
              values: history.map((sample) => sample.active),
            },
          ]}
        />
        <TimeChart
          {...shared}
          title="Flow per minute"
          height={120}
          format={formatRate}
          series={[
            {
              key: "enqueued",
              label: "come in",
              colour: "dim",
              dashed: true,
              values: history.map((sample) => sample.enqueued),
            },
            {
              key: "throughput",
              label: "completed",
              colour: "completed",
              values: history.map((sample) => sample.throughput),
            },
            {
              key: "failing",
              label: "failing runs",
              colour: "failed",
              values: history.map((sample) => sample.failed_attempts),
            },
          ]}
        />
      </div>
    </Panel>
  );
}
