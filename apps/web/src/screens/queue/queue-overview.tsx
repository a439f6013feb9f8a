import type { LoaderFunctionArgs } from "react-router";
import { load, loadBehind, useLoaded } from "../../api/load.ts";
import {
  auditQuery,
  breakdownQuery,
  historyQuery,
  queueQuery,
  schedulesQuery,
  workersQuery,
} from "../../api/queries.ts";
import { usePlace } from "../../features/place/use-place.ts";
import { TroubleList } from "../../features/trouble/trouble-list.tsx";
import { placeOf } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { Breakdown } from "./breakdown.tsx";
import { NextRuns, QueueWorkers, RecentActions } from "./queue-sides.tsx";
import { QueueStats } from "./queue-stats.tsx";
import { QueueTrend } from "./queue-trend.tsx";
import { WhyItGrows } from "./why-it-grows.tsx";

const queriesOf = (queue: string) => ({
  active: breakdownQuery(queue, { state: "active", by: "task" }),
  failed: breakdownQuery(queue, { state: "failed", by: "error_shape" }),
  history: historyQuery({ queue, limit: 120 }),
  workers: workersQuery({ queue }),
  schedules: schedulesQuery(queue, { size: 5 }),
  actions: auditQuery({ queue, limit: 5 }),
});

export const loader = ({ request }: LoaderFunctionArgs) => {
  const { queue } = placeOf(request);
  const { active, failed, history, workers, schedules, actions } = queriesOf(queue);
  loadBehind(active, failed, history, workers, schedules, actions);
  return load(queueQuery(queue));
};

/** What is going on in a queue, and why. */
export function Component() {
  const { queue: name } = usePlace();
  const queue = useLoaded(queueQuery(name));
  const queries = queriesOf(name);
  return (
    <div className="flex flex-col gap-5">
      <QueueStats queue={queue} />
      {queue.trouble.length === 0 ? null : (
        <Panel title="Needs attention" flush>
          <TroubleList trouble={queue.trouble} here />
        </Panel>
      )}
      <WhyItGrows queue={queue} workers={queries.workers} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-5">
          <QueueTrend queue={queue} query={queries.history} />
          <div className="grid items-start gap-5 md:grid-cols-2">
            <Breakdown queue={name} state="active" query={queries.active} />
            <Breakdown queue={name} state="failed" query={queries.failed} />
          </div>
        </div>
        <aside className="flex min-w-0 flex-col gap-5" aria-label="Around this queue">
          <QueueWorkers queue={name} query={queries.workers} />
          <NextRuns queue={name} query={queries.schedules} />
          <RecentActions queue={name} query={queries.actions} />
        </aside>
      </div>
    </div>
  );
}
