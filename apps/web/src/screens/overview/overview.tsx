import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { load, loadBehind, useLoaded } from "../../api/load.ts";
import { addressOf, historyQuery, overviewQuery, queuesQuery } from "../../api/queries.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { UnderWay } from "../../features/operations/under-way.tsx";
import { QueueTable } from "../../features/queues/queue-table.tsx";
import { sortQueues } from "../../features/queues/sort-queues.ts";
import { useThen } from "../../features/session/use-session.ts";
import { useBefore } from "../../features/since/use-before.ts";
import { useSince } from "../../features/since/use-since.ts";
import { shownTime } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { lazily } from "../../ui/lazily.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useAtMostEvery } from "../../ui/use-at-most-every.ts";
import { Attention } from "./attention.tsx";
import { DestructiveActions } from "./destructive-actions.tsx";
import { FailureMovement } from "./failure-movement.tsx";
import { FirstRun } from "./first-run.tsx";
import { FleetStats } from "./fleet-stats.tsx";
import { LatestFailures } from "./latest-failures.tsx";
import { movementOf } from "./movement.ts";
import { overviewNote } from "./overview-note.ts";
import { Yesterday } from "./yesterday.tsx";

const FindQueues = lazily(() => import("../../features/teach/find-queues.tsx"));

/** The last hour, a bar a minute. */
const lastHour = historyQuery({ limit: 60, step_s: 60 });

export const loader = async () => {
  const behind = loadBehind(lastHour);
  await load(overviewQuery(), queuesQuery());
  return behind;
};

/** How often the latest failures move on, ms. */
const feedPace = 3_000;

/** How many queues the overview shows before it sends to their own page. */
const mostQueues = 12;

export function Component() {
  const overview = useLoaded(overviewQuery());
  const { items } = useLoaded(queuesQuery());
  const { data: history } = useQuery(lastHour);
  const since = useSince();
  const before = useBefore(null);
  const movement = movementOf(overview, history, since === null ? undefined : before);
  const then = useThen(overview.as_of);
  const latest = useAtMostEvery(feedPace, overview.latest_failures);
  const worst = sortQueues(items, "trouble");
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Overview"
        note={then === null ? undefined : `as it was at ${shownTime(then)}`}
        actions={
          <CopyNoteButton
            asked={() => addressOf(overviewQuery().queryKey)}
            note={() => overviewNote(overview, movement, before, worst)}
          />
        }
      />
      <FirstRun />
      <UnderWay />
      <div className="flex flex-col gap-2">
        <FleetStats overview={overview} movement={movement} before={before} />
        {overview.yesterday === null ? null : <Yesterday was={overview.yesterday} />}
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-5">
          <Attention overview={overview} then={then} />
          <Panel
            title="Queues"
            note="worst first"
            flush
            actions={items.length > mostQueues ? <AllQueues count={items.length} /> : undefined}
          >
            {items.length === 0 ? <FindQueues /> : <QueueTable queues={worst.slice(0, mostQueues)} brief />}
          </Panel>
        </div>
        <aside className="flex min-w-0 flex-col gap-5" aria-label="Movement and recent events">
          <FailureMovement history={history} movement={movement} then={then} />
          <DestructiveActions records={overview.destructive_actions} />
          <LatestFailures jobs={latest} />
        </aside>
      </div>
    </div>
  );
}

const AllQueues = ({ count }: { count: number }) => (
  <Link to={paths.queues()} className="text-xs text-accent hover:underline">
    All {count}
  </Link>
);
