import type { Worker } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { shownStamp } from "../../lib/format.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Heartbeat } from "./heartbeat.tsx";
import { CurrentJobs, Queues, Slots, Source, Version, WorkerName } from "./worker-cells.tsx";
import type { WorkerRow } from "./worker-facts.ts";

const health: Column<WorkerRow> = {
  key: "health",
  head: "Health",
  width: "w-28",
  cell: ({ worker }) => <StateBadge state={worker.health} />,
};
const name: Column<WorkerRow> = {
  key: "name",
  head: "Worker",
  width: "w-44",
  cell: ({ worker }) => <WorkerName worker={worker} />,
};
const version: Column<WorkerRow> = {
  key: "version",
  head: "Version",
  width: "w-24",
  from: "lg",
  cell: ({ worker }) => <Version worker={worker} />,
};
const source: Column<WorkerRow> = {
  key: "source",
  head: "Known by",
  width: "w-36",
  from: "lg",
  cell: ({ worker }) => <Source worker={worker} />,
};
const queues: Column<WorkerRow> = {
  key: "queues",
  head: "Its jobs in",
  width: "w-52",
  from: "md",
  cell: ({ worker }) => <Queues worker={worker} />,
};

const workingColumns: readonly Column<WorkerRow>[] = [
  health,
  name,
  { key: "heartbeat", head: "Heartbeat", width: "w-36", cell: (row) => <Heartbeat row={row} /> },
  { key: "slots", head: "Slots used", width: "w-36", cell: ({ worker }) => <Slots worker={worker} /> },
  {
    key: "jobs",
    head: "Runs now",
    cell: ({ worker, frozenAt }) => <CurrentJobs worker={worker} until={frozenAt} />,
  },
  queues,
  version,
  source,
];

const endedColumns: readonly Column<WorkerRow>[] = [
  health,
  name,
  {
    key: "ended",
    head: "Last seen at work",
    width: "w-54",
    cell: ({ worker }) => <EndedAt at={worker.ended_at ?? worker.heartbeat_at} />,
  },
  {
    key: "held",
    head: "Held",
    cell: ({ worker }) => <CurrentJobs worker={worker} until={heldUntil(worker)} />,
  },
  queues,
  version,
  source,
];

const EndedAt = ({ at }: { at: string | null }) =>
  at === null ? (
    <span className="text-faint">unknown</span>
  ) : (
    <span className="block py-1">
      <span className="block truncate">{shownStamp(at)}</span>
      <span className="block text-xs text-dim">
        <RelativeTime at={at} />
      </span>
    </span>
  );

/** A job of a worker that is no more ran until it was last seen. */
const heldUntil = ({ ended_at, heartbeat_at }: Worker) => Date.parse(ended_at ?? heartbeat_at ?? "");

const rowId = ({ worker }: WorkerRow) => worker.id;

export function WorkingTable({ rows, empty }: { rows: readonly WorkerRow[]; empty: ReactNode }) {
  return (
    <Table
      label="Workers at work"
      columns={workingColumns}
      rows={rows}
      rowId={rowId}
      sticky={false}
      empty={empty}
      card={({ worker }) => (
        <>
          <span className="min-w-0 truncate">{worker.name ?? worker.id}</span>
          <StateBadge state={worker.health} />
        </>
      )}
      cardNote={(row) => (
        <>
          <Heartbeat row={row} />
          <span>
            {row.worker.host ?? "host unknown"}
            {row.worker.pid === null ? "" : ` · pid ${row.worker.pid}`}
          </span>
          <Slots worker={row.worker} />
          <Queues worker={row.worker} />
          {row.worker.source === "connection" || row.worker.source === "lock" ? (
            <Source worker={row.worker} />
          ) : null}
          <div className="w-full text-sm">
            <CurrentJobs worker={row.worker} until={row.frozenAt} />
          </div>
        </>
      )}
    />
  );
}

export function EndedTable({ rows }: { rows: readonly WorkerRow[] }) {
  return (
    <Table
      label="Workers that no longer work"
      columns={endedColumns}
      rows={rows}
      rowId={rowId}
      sticky={false}
      card={({ worker }) => (
        <>
          <span className="min-w-0 truncate">{worker.name ?? worker.id}</span>
          <StateBadge state={worker.health} />
        </>
      )}
      cardNote={({ worker }) => (
        <>
          <EndedAt at={worker.ended_at ?? worker.heartbeat_at} />
          <Queues worker={worker} />
          <div className="w-full text-sm">
            Held: <CurrentJobs worker={worker} until={heldUntil(worker)} />
          </div>
        </>
      )}
    />
  );
}
