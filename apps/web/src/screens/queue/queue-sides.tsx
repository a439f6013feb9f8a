import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { errorWords } from "../../api/problem-words.ts";
import type { auditQuery, schedulesQuery, workersQuery } from "../../api/queries.ts";
import { RecordList } from "../../features/actions/record-list.tsx";
import { formatAge, formatCount, plural, shownMinute } from "../../lib/format.ts";
import { laterRuns } from "../../lib/later-runs.ts";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

interface SideProps<Q> {
  queue: string;
  query: Q;
}

const most = 6;
const Said = ({ children }: { children: ReactNode }) => (
  <p className="px-4 pb-3 text-sm text-dim">{children}</p>
);
const More = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link to={to} className="text-xs text-accent hover:underline">
    {children}
  </Link>
);

/** While there is nothing to show: it comes, or why it can't. */
const NotYet = ({ error }: { error: Error | null }) =>
  error === null ? <SkeletonRows rows={2} /> : <Said>{errorWords(error).text}</Said>;

export function QueueWorkers({ queue, query }: SideProps<ReturnType<typeof workersQuery>>) {
  const { data, error } = useQuery(query);
  const all = `${paths.workers()}?queue=${encodeURIComponent(queue)}`;
  const healthy = data?.items.filter((worker) => worker.health === "healthy") ?? [];
  const oldest = Math.max(...healthy.map((worker) => worker.heartbeat_age_s ?? 0), 0);
  // Those that said goodbye are no news beside those that work or should: a deploy leaves as many of them as it starts.
  const stopped = data?.items.filter((worker) => worker.health === "stopped") ?? [];
  const silent = data?.items.filter(({ health }) => health !== "healthy" && health !== "stopped") ?? [];
  const [open, setOpen] = useState(false);
  const listed = [...silent, ...healthy];
  const shown = [...listed.slice(0, most), ...(open ? stopped : [])];
  return (
    <Panel title="Workers" flush actions={<More to={all}>All</More>}>
      {data === undefined ? <NotYet error={error} /> : null}
      {data?.unknown ? <Said>{data.unknown}</Said> : null}
      {data !== undefined && data.unknown === null ? (
        <Said>
          {healthy.length === 0
            ? "No healthy worker."
            : `${plural(healthy.length, "healthy worker")}, heartbeats ≤ ${formatAge(Math.max(1, oldest))}.`}
        </Said>
      ) : null}
      <ul className="text-sm">
        {shown.map((worker) => (
          <li key={worker.id} className="flex items-center gap-3 border-t border-line px-4 py-2">
            <span className="min-w-0 flex-1 truncate">
              {worker.name ?? worker.id}
              {worker.host === null ? null : <span className="text-dim"> on {worker.host}</span>}
            </span>
            <StateBadge state={worker.health} />
          </li>
        ))}
        {listed.length > most ? (
          <li className="border-t border-line px-4 py-2 text-xs text-dim">
            and {formatCount(listed.length - most)} more
          </li>
        ) : null}
        {stopped.length === 0 ? null : (
          <li className="border-t border-line px-4 py-1">
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="py-1 text-xs text-accent hover:underline"
            >
              {open ? "Hide" : "Show"} {plural(stopped.length, "worker")} that stopped
            </button>
          </li>
        )}
      </ul>
    </Panel>
  );
}

export function NextRuns({ queue, query }: SideProps<ReturnType<typeof schedulesQuery>>) {
  const { data, error } = useQuery(query);
  return (
    <Panel title="Next runs" flush actions={<More to={paths.schedules(queue)}>Schedules</More>}>
      {data === undefined ? (
        <NotYet error={error} />
      ) : data.items.length === 0 ? (
        <Said>No schedules.</Said>
      ) : null}
      <ul className="text-sm">
        {(data?.items ?? []).map((schedule) => (
          <li
            key={schedule.id}
            className="flex flex-wrap items-baseline gap-x-3 border-t border-line px-4 py-2 first:border-t-0"
          >
            <span className="min-w-0 flex-1 truncate">{schedule.task}</span>
            {schedule.paused ? (
              <StateBadge state="paused" />
            ) : (
              <>
                <span className="text-xs text-dim">
                  <RelativeTime at={schedule.next_run_at} />
                </span>
                <span className="w-full text-xs text-faint">{laterRuns(schedule.next_runs)}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function RecentActions({ queue, query }: SideProps<ReturnType<typeof auditQuery>>) {
  const { data, error } = useQuery(query);
  return (
    <Panel title="Recent actions" flush actions={<More to={paths.queueAudit(queue)}>Audit</More>}>
      {data === undefined ? (
        <NotYet error={error} />
      ) : data.items.length === 0 ? (
        <Said>None on record since {shownMinute(data.holds.since)}.</Said>
      ) : (
        <RecordList records={data.items} />
      )}
    </Panel>
  );
}
