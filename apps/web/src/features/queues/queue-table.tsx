import type { Before, QueueSummary } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { useLoaded } from "../../api/load.ts";
import { queuesQuery } from "../../api/queries.ts";
import { formatCount, formatRate } from "../../lib/format.ts";
import { type Column, Table } from "../../ui/table.tsx";
import { VerdictWord } from "../history-charts/verdict-line.tsx";
import { recentMarkersQuery } from "../incidents/recent-markers.ts";
import { useQueuesBefore } from "../since/use-before.ts";
import { BacklogTrend, etaWords } from "./backlog-words.tsx";
import { Failing, QueueName, Workers, waitingLook } from "./queue-cells.tsx";
import { queueColumns } from "./queue-columns.tsx";

/** `1 worker`, `4 workers`, and `1 of 3 workers`. */
const workersWord = ({ workers, expected_workers: expected }: QueueSummary): string =>
  workers === 1 && (expected?.value ?? 1) <= 1 ? "worker" : "workers";

const withBefore = (queue: QueueSummary, before: Before | undefined): QueueSummary =>
  before === undefined ? queue : { ...queue, before };

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
  const markers = useQuery(recentMarkersQuery()).data?.items ?? [];
  const asOf = Date.parse(useLoaded(queuesQuery()).as_of);
  const columns = queueColumns(brief, markers, asOf);
  return (
    <Table
      label="Queues"
      sticky={sticky}
      columns={[...columns.map((column) => ({ ...column, ...heads[column.key] })), ...extra]}
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
          {queue.since_change === null ? null : <VerdictWord {...queue.since_change} />}
          <BacklogTrend backlog={queue.backlog} />
          {etaWords(queue.backlog) === "–" ? null : <span>{etaWords(queue.backlog)}</span>}
          <span>
            <Failing queue={queue} /> failing/min
            {queue.before && `, was ${formatRate(queue.before.failed_attempts_per_min)}`}
          </span>
          <span>
            <Workers queue={queue} /> {workersWord(queue)}
          </span>
        </>
      )}
    />
  );
}
