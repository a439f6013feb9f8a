import type { LoaderFunctionArgs } from "react-router";
import { load, loadBehind, useLoaded } from "../../api/load.ts";
import { auditQuery, markersQuery, queueQuery, schedulesQuery, workersQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { askedBreakdown } from "../../features/breakdown/breakdown-panel.tsx";
import { VerdictLine } from "../../features/history-charts/verdict-line.tsx";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { usePlace, useUrlState } from "../../features/place/use-place.ts";
import { useBefore } from "../../features/since/use-before.ts";
import { TroubleList } from "../../features/trouble/trouble-list.tsx";
import { placeOf, searchOf } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { askedOf, brokenDown, type OverviewSearch, overviewSearch } from "./overview-search.ts";
import { QueueBreakdowns } from "./queue-breakdowns.tsx";
import { queueNote } from "./queue-note.ts";
import { NextRuns, QueueWorkers, RecentActions } from "./queue-sides.tsx";
import { QueueStats } from "./queue-stats.tsx";
import { QueueTrend } from "./queue-trend.tsx";
import { WhyItGrows } from "./why-it-grows.tsx";

const queriesOf = (queue: string) => ({
  markers: markersQuery({ queue }),
  workers: workersQuery({ queue }),
  schedules: schedulesQuery(queue, { size: 5 }),
  actions: auditQuery({ queue, limit: 5 }),
});

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { queue } = placeOf(request);
  const { value } = overviewSearch.parse(searchOf(request));
  const { markers, workers, schedules, actions } = queriesOf(queue);
  const broken = brokenDown.map((state) => askedBreakdown(askedOf(queue, state, value)));
  const behind = loadBehind(markers, workers, schedules, actions, ...broken);
  await load(queueQuery(queue));
  return behind;
};

/** What is going on in a queue, and why. */
export function Component() {
  const { queue: name } = usePlace();
  const queue = useLoaded(queueQuery(name));
  const queries = queriesOf(name);
  const { value, fellBack, change, link } = useUrlState(overviewSearch);
  const before = useBefore(name);
  return (
    <div className="flex flex-col gap-5">
      <FellBackNote fellBack={fellBack} />
      <QueueStats queue={queue} />
      <div className="flex items-start justify-between gap-x-6 gap-y-2 max-sm:flex-col">
        <VerdictLine verdict={queue.verdict} />
        <CopyNoteButton note={() => queueNote(queue, { before, breakdowns: seenOf(name, value) })} />
      </div>
      {queue.trouble.length === 0 ? null : (
        <Panel title="Needs attention" flush>
          <TroubleList trouble={queue.trouble} here />
        </Panel>
      )}
      <WhyItGrows queue={queue} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-5">
          <QueueTrend queue={queue} query={queries.markers} />
          <QueueBreakdowns queue={queue} search={value} change={change} link={link} />
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

/** What of the breakdowns is on screen now. */
const seenOf = (queue: string, search: OverviewSearch) =>
  brokenDown.map((state) => {
    const asked = askedOf(queue, state, search);
    return { state, by: asked.by, breakdown: queryClient.getQueryData(askedBreakdown(asked).queryKey) };
  });
