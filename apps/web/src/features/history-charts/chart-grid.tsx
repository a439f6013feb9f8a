import type { History } from "@spillway/contract/schemas";
import { memo, useMemo } from "react";
import { TimeChart } from "../../ui/charts/time-chart.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useSince } from "../since/use-since.ts";
import { chartPlans, flagsOf, gapsOf, isBlank, seriesOf, timesOf, unitOf } from "./chart-plans.ts";

interface ChartGridProps {
  history: History;
  /** Dragging across a chart asks for that stretch, epoch ms. */
  onZoom: (from: number, to: number) => void;
}

/**
 * All charts of one history under one crosshair. They are drawn when a sample comes, not with everything else around
 * them that does.
 */
export const ChartGrid = memo(function ChartGrid({ history, onZoom }: ChartGridProps) {
  const { history: samples, markers } = history;
  const times = useMemo(() => timesOf(samples), [samples]);
  const gaps = useMemo(() => gapsOf(samples), [samples]);
  const since = useSince();
  const flags = useMemo(() => flagsOf(markers, since), [markers, since]);
  if (samples.length === 0) {
    return (
      <Panel>
        <EmptyState title="Not sampled yet">
          Nothing was measured in this window. The first sample comes within seconds of the start.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <section aria-label="Charts" className="grid gap-4 lg:grid-cols-2">
      <h2 className="sr-only">Charts</h2>
      {chartPlans.map((plan) => (
        <Panel key={plan.title}>
          {isBlank(plan, samples) ? (
            <figure aria-label={plan.title} className="flex min-h-56 flex-col text-sm">
              <h3 className="font-semibold">{plan.title}</h3>
              <p className="m-auto text-dim">Nothing of this was seen in this window.</p>
            </figure>
          ) : (
            <TimeChart
              title={plan.title}
              unit={unitOf(plan, times)}
              times={times}
              series={seriesOf(plan, samples, times)}
              markers={flags}
              gaps={gaps}
              syncId="history"
              format={plan.format}
              {...(plan.main === undefined ? {} : { main: plan.main })}
              onZoom={onZoom}
            />
          )}
        </Panel>
      ))}
    </section>
  );
});
