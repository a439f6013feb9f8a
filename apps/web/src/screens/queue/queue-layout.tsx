import { Link, type LoaderFunctionArgs, NavLink, Outlet, useLocation } from "react-router";
import { load, useLoaded } from "../../api/load.ts";
import { queueQuery } from "../../api/queries.ts";
import { useQueueTopic } from "../../features/live/the-live.ts";
import { OnThisQueue } from "../../features/operations/under-way.tsx";
import { usePlace } from "../../features/place/use-place.ts";
import { PauseButton } from "../../features/queues/pause-button.tsx";
import { ReadOnlyQueue } from "../../features/session/read-only.tsx";
import { formatCount } from "../../lib/format.ts";
import { paths, placeOf } from "../../lib/paths.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Tabs, tabClass } from "../../ui/tabs.tsx";
import { QueueMenu } from "./queue-menu.tsx";

export const loader = ({ request }: LoaderFunctionArgs) => load(queueQuery(placeOf(request).queue));

/** The header every tab of a queue shares; it stays on top. */
export function Component() {
  const { queue: name } = usePlace();
  const queue = useLoaded(queueQuery(name));
  useQueueTopic(name);
  const tabs = [
    { to: paths.queue(name), text: "Overview", count: null, end: true },
    { to: paths.jobs(name), text: "Jobs", count: null, end: false },
    { to: paths.dlq(name), text: "Failed", count: queue.counts.failed, end: false },
    { to: paths.schedules(name), text: "Schedules", count: null, end: false },
    { to: paths.queueMetrics(name), text: "Metrics", count: null, end: false },
    { to: paths.queueAudit(name), text: "Audit", count: null, end: false },
  ];
  return (
    <div className="flex flex-col gap-4">
      <div
        data-sticky-head
        className="sticky top-13 z-10 -mx-4 -mt-4 border-b border-line bg-ground px-4 pt-4 sm:-mx-6 sm:-mt-5 sm:px-6"
      >
        <PageHeader
          crumbs={<Link to={paths.queues()}>Queues</Link>}
          title={name}
          note={
            <>
              {queue.paused ? <StateBadge state="paused" /> : null}
              <ReadOnlyQueue queue={queue} />
            </>
          }
          actions={
            <>
              <PauseButton queue={queue} />
              <QueueMenu queue={queue} />
            </>
          }
        />
        <div className="mt-2">
          <Tabs label={`Views of ${name}`} current={useLocation().pathname}>
            {tabs.map((tab) => (
              <NavLink
                key={tab.to}
                to={tab.to}
                end={tab.end}
                className={({ isActive }) => tabClass(isActive)}
              >
                {tab.text}
                {tab.count ? (
                  <span className="rounded bg-raised px-1.5 text-xs text-dim">{formatCount(tab.count)}</span>
                ) : null}
              </NavLink>
            ))}
          </Tabs>
        </div>
      </div>
      <OnThisQueue queue={name} />
      <Outlet />
    </div>
  );
}
