import { load, useLoaded } from "../../api/load.ts";
import { overviewQuery, queuesQuery } from "../../api/queries.ts";
import { QueueTable } from "../../features/queues/queue-table.tsx";
import { sortQueues } from "../../features/queues/sort-queues.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Attention } from "./attention.tsx";
import { FleetStats } from "./fleet-stats.tsx";

export const loader = () => load(overviewQuery(), queuesQuery());

export function Component() {
  const overview = useLoaded(overviewQuery());
  const { items } = useLoaded(queuesQuery());
  return (
    <div className="flex flex-col gap-5">
      <PageHeader title="Overview" />
      <FleetStats overview={overview} />
      <Attention overview={overview} />
      <Panel title="Queues" note="worst first" flush>
        <QueueTable queues={sortQueues(items, "trouble")} />
      </Panel>
    </div>
  );
}
