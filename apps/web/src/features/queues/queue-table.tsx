import type { Before, QueueSummary } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { formatAge, formatCount, formatRate } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { Sparkline } from "../../ui/sparkline.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, rowLink, Table } from "../../ui/table.tsx";
import { waitingRose } from "../since/changes.ts";
import { useQueuesBefore } from "../since/use-before.ts";
import { BacklogTrend, etaWords } from "./backlog-words.tsx";
import { failsBadly } from "./failing.ts";

const severity = (queue: QueueSummary) =>
  queue.trouble.find((one) => one.severity !== "info")?.severity ?? null;

function QueueName({ queue }: { queue: QueueSummary }) {
  const worst = severity(queue);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span
        aria-hidden
        className={cx(
          "h-4 w-0.75 shrink-0 rounded-full",
          worst === "critical" ? "bg-failed" : worst === "warning" ? "bg-paused" : "bg-transparent",
        )}
      />
      <Link to={paths.queue(queue.name)} className={cx(rowLink, "truncate font-medium")}>
        {queue.name}
      </Link>
      {worst === null ? null : <span className="sr-only">needs attention</span>}
      {queue.paused ? <StateBadge state="paused" /> : null}
    </span>
  );
}

function Workers({ queue }: { queue: QueueSummary }) {
  const { workers, expected_workers: expected } = queue;
  const short = workers !== null && expected !== null && workers < expected.value;
  return (
    <span className={cx(short && "font-medium text-failed")} data-tip={expected?.text}>
      {formatCount(workers)}
      {short ? ` of ${expected.value}` : ""}
    </span>
  );
}

const waitingLook = ({ counts, before }: QueueSummary): string | undefined =>
  before !== undefined && waitingRose(counts.waiting, before.waiting) ? "text-failed" : undefined;

/** A figure over what it was before the chosen moment, where one is chosen. */
function Compared({ was, children }: { was: string | undefined; children: ReactNode }) {
  if (was === undefined) return children;
  return (
    <span className="block py-1 leading-4">
      {children}
      <span className="block text-2xs text-faint">was {was}</span>
    </span>
  );
}

function Failing({ queue }: { queue: QueueSummary }) {
  return (
    <span className={cx(failsBadly(queue) ? "font-medium text-failed" : "text-dim")}>
      {formatRate(queue.rates.failed_attempts_per_min)}
    </span>
  );
}

const columns: readonly Column<QueueSummary>[] = [
  { key: "name", head: "Queue", cell: (queue) => <QueueName queue={queue} /> },
  {
    key: "spark",
    head: "Waiting, lately",
    width: "w-30",
    from: "lg",
    cell: (queue) => <Sparkline values={queue.spark.values} label={`Waiting jobs of ${queue.name} lately`} />,
  },
  {
    key: "waiting",
    head: "Waiting",
    align: "right",
    width: "w-24",
    cell: (queue) => (
      <Compared was={queue.before && formatCount(queue.before.waiting)}>
        <span className={waitingLook(queue)}>{formatCount(queue.counts.waiting)}</span>
      </Compared>
    ),
  },
  {
    key: "change",
    head: "Change",
    align: "right",
    width: "w-26",
    cell: (queue) => <BacklogTrend backlog={queue.backlog} />,
  },
  {
    key: "eta",
    head: "Outlook",
    width: "w-34",
    from: "lg",
    cell: (queue) => <span className="text-dim">{etaWords(queue.backlog)}</span>,
  },
  {
    key: "oldest",
    head: "Oldest wait",
    align: "right",
    width: "w-24",
    from: "md",
    cell: (queue) => formatAge(queue.backlog.oldest_waiting_age_s),
  },
  {
    key: "active",
    head: "Active",
    align: "right",
    width: "w-18",
    cell: (queue) => formatCount(queue.counts.active),
  },
  {
    key: "failing",
    head: "Failing/min",
    align: "right",
    width: "w-24",
    cell: (queue) => (
      <Compared was={queue.before && formatRate(queue.before.failed_attempts_per_min)}>
        <Failing queue={queue} />
      </Compared>
    ),
  },
  {
    key: "failed",
    head: "Failed",
    align: "right",
    width: "w-20",
    from: "md",
    cell: (queue) => formatCount(queue.counts.failed),
  },
  {
    key: "workers",
    head: "Workers",
    align: "right",
    width: "w-22",
    from: "md",
    cell: (queue) => <Workers queue={queue} />,
  },
];

const withBefore = (queue: QueueSummary, before: Before | undefined): QueueSummary =>
  before === undefined ? queue : { ...queue, before };

/** What the brief table does without. */
const leftOut = new Set(["failed", "active"]);

interface QueueTableProps {
  queues: readonly QueueSummary[];
  /** Further columns at the right end, e.g. actions. */
  extra?: readonly Column<QueueSummary>[];
  /** Replaces the heads of columns, e.g. by links that sort. */
  heads?: Partial<Record<string, Pick<Column<QueueSummary>, "head" | "sorted">>>;
  sticky?: boolean;
  /** Fewer columns, for where the table shares the screen. */
  brief?: boolean;
}

/** One row a queue: what it is, how much, which way it moves, since when. */
export function QueueTable({
  queues,
  extra = [],
  heads = {},
  sticky = false,
  brief = false,
}: QueueTableProps) {
  const past = useQueuesBefore();
  return (
    <Table
      label="Queues"
      sticky={sticky}
      columns={[
        ...columns
          .filter((column) => !brief || !leftOut.has(column.key))
          .map((column) => ({ ...column, ...heads[column.key] })),
        ...extra,
      ]}
      rows={past === null ? queues : queues.map((queue) => withBefore(queue, past.get(queue.name)))}
      rowId={(queue) => queue.name}
      card={(queue) => (
        <>
          <QueueName queue={queue} />
          <span>
            <span className={waitingLook(queue)}>{formatCount(queue.counts.waiting)}</span> waiting
            {queue.before === undefined ? null : (
              <span className="font-normal text-dim">, was {formatCount(queue.before.waiting)}</span>
            )}
          </span>
        </>
      )}
      cardNote={(queue) => (
        <>
          <BacklogTrend backlog={queue.backlog} />
          {etaWords(queue.backlog) === "–" ? null : <span>{etaWords(queue.backlog)}</span>}
          <span>
            <Failing queue={queue} /> failing/min
            {queue.before && `, was ${formatRate(queue.before.failed_attempts_per_min)}`}
          </span>
          <span>
            <Workers queue={queue} /> workers
          </span>
        </>
      )}
    />
  );
}
