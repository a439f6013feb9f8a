import type { Schedule } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { useMemo } from "react";
import { formatCount, shownStamp } from "../../lib/format.ts";
import { laterRuns } from "../../lib/later-runs.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { ScheduleActions } from "./schedule-actions.tsx";
import { rhythm } from "./schedule-words.ts";

interface ScheduleTableProps {
  queue: string;
  schedules: readonly Schedule[];
  empty: ReactNode;
}

const NextRun = ({ schedule: { next_run_at, next_runs, paused } }: { schedule: Schedule }) => {
  if (paused) return <StateBadge state="paused" />;
  if (next_run_at === null) return <span className="text-faint">not known</span>;
  return (
    <span className="whitespace-nowrap" data-tip={laterRuns(next_runs) ?? undefined}>
      <RelativeTime at={next_run_at} />{" "}
      <span className="text-xs text-faint">{shownStamp(next_run_at).replace(/:00(Z|[+-]\d+)$/, "$1")}</span>
    </span>
  );
};

/** A period needs none; a pattern that names none goes by its host's. */
const zoneWords = ({ timezone, pattern }: Schedule): string =>
  timezone ?? (pattern === null ? "any" : "its host’s");

const facts: Column<Schedule>[] = [
  {
    key: "task",
    head: "Task",
    cell: ({ task, id }) => (
      <>
        <span className="font-medium">{task}</span>{" "}
        {id === task ? null : <span className="font-mono text-xs text-faint">{id}</span>}
      </>
    ),
  },
  {
    key: "when",
    head: "When",
    width: "w-62",
    cell: (schedule) => <span data-tip={schedule.pattern ?? undefined}>{rhythm(schedule)}</span>,
  },
  { key: "zone", head: "Time zone", width: "w-32", from: "lg", cell: zoneWords },
  { key: "next", head: "Next run", width: "w-60", cell: (schedule) => <NextRun schedule={schedule} /> },
  {
    key: "last",
    head: "Last run",
    width: "w-24",
    from: "lg",
    cell: ({ last_run_at, runs }) =>
      last_run_at === null ? (
        <span className="text-faint">{runs === 0 ? "not yet" : "not known"}</span>
      ) : (
        <RelativeTime at={last_run_at} />
      ),
  },
  {
    key: "runs",
    head: "Runs",
    width: "w-20",
    align: "right",
    from: "lg",
    cell: ({ runs, limit }) =>
      limit === null ? formatCount(runs) : `${formatCount(runs)} of ${formatCount(limit)}`,
  },
];

export function ScheduleTable({ queue, schedules, empty }: ScheduleTableProps) {
  const columns = useMemo<Column<Schedule>[]>(
    () => [
      ...facts,
      {
        key: "actions",
        head: <span className="sr-only">Actions</span>,
        width: "w-64",
        align: "right",
        cell: (schedule) => <ScheduleActions queue={queue} schedule={schedule} />,
      },
    ],
    [queue],
  );
  return (
    <Table
      label={`Schedules of ${queue}`}
      columns={columns}
      rows={schedules}
      rowId={(schedule) => schedule.id}
      sticky={false}
      empty={empty}
      card={(schedule) => (
        <>
          <span className="min-w-0 truncate">
            {schedule.task}{" "}
            {schedule.id === schedule.task ? null : (
              <span className="font-mono text-xs font-normal text-faint">{schedule.id}</span>
            )}
          </span>
          <span className="text-xs font-normal">
            <NextRun schedule={schedule} />
          </span>
        </>
      )}
      cardNote={(schedule) => (
        <>
          <span className="w-full">
            {rhythm(schedule)} · {zoneWords(schedule)} ·{" "}
            {schedule.last_run_at === null ? (
              schedule.runs === 0 ? (
                "not run yet"
              ) : (
                "last run not known"
              )
            ) : (
              <>
                last <RelativeTime at={schedule.last_run_at} />
              </>
            )}
          </span>
          <ScheduleActions queue={queue} schedule={schedule} />
        </>
      )}
    />
  );
}
