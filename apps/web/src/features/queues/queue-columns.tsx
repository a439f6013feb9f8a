import type { Marker, QueueSummary } from "@spillway/contract/schemas";
import { formatAge, formatCount, formatRate } from "../../lib/format.ts";
import type { Column } from "../../ui/table.tsx";
import { BacklogTrend, etaWords } from "./backlog-words.tsx";
import { Compared, Failing, QueueName, Workers, waitingLook } from "./queue-cells.tsx";
import { WaitingLine } from "./waiting-line.tsx";

const name: Column<QueueSummary> = {
  key: "name",
  head: "Queue",
  cell: (queue) => <QueueName queue={queue} />,
};

const lately = (brief: boolean, markers: readonly Marker[], asOf: number): Column<QueueSummary> => ({
  key: "spark",
  head: "Waiting, lately",
  width: "w-30",
  from: brief ? "xl" : "lg",
  cell: (queue) => <WaitingLine queue={queue} markers={markers} asOf={asOf} />,
});

const figures: readonly Column<QueueSummary>[] = [
  {
    key: "waiting",
    head: "Waiting",
    align: "right",
    width: "w-22",
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
    width: "w-30",
    from: "lg",
    cell: (queue) => <span className="text-dim">{etaWords(queue.backlog)}</span>,
  },
  {
    key: "oldest",
    head: "Oldest wait",
    align: "right",
    width: "w-22",
    from: "md",
    cell: (queue) => formatAge(queue.backlog.oldest_waiting_age_s),
  },
  {
    key: "active",
    head: "Active",
    align: "right",
    width: "w-16",
    cell: (queue) => formatCount(queue.counts.active),
  },
  {
    key: "failing",
    head: (
      <span data-tip="Coloured where more than one run in five fails, or many more than usual">
        Failing/min
      </span>
    ),
    align: "right",
    width: "w-22",
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
    width: "w-18",
    from: "md",
    cell: (queue) => formatCount(queue.counts.failed),
  },
  {
    key: "workers",
    head: "Workers",
    align: "right",
    width: "w-20",
    from: "md",
    cell: (queue) => <Workers queue={queue} />,
  },
];

/** What the brief table does without. */
const leftOut = new Set(["failed", "active", "eta"]);

/** `markers`: what may have happened to any of them; `asOf`: when the rows were true, epoch ms. */
export const queueColumns = (brief: boolean, markers: readonly Marker[], asOf: number) =>
  [name, lately(brief, markers, asOf), ...figures].filter((column) => !brief || !leftOut.has(column.key));
