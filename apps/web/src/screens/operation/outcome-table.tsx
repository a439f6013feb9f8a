import type { Operation, OutcomePage } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { OutcomeBadge } from "../../features/operations/operation-state.tsx";
import { shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, rowLink, Table } from "../../ui/table.tsx";

type Row = OutcomePage["items"][number];

interface OutcomeTableProps {
  operation: Operation;
  rows: readonly Row[];
  empty: ReactNode;
}

/** What became of each job; a job that was left alone says why. */
export function OutcomeTable({ operation, rows, empty }: OutcomeTableProps) {
  return (
    <Table
      label="Outcomes"
      columns={columnsOf(operation)}
      rows={rows}
      rowId={({ job_id }) => job_id}
      sticky={false}
      empty={empty}
      card={(row) => (
        <>
          <JobLink queue={operation.queue} row={row} />
          <span className="text-xs">
            <OutcomeBadge outcome={row.outcome} operation={operation} />
          </span>
        </>
      )}
      cardNote={(row) => (
        <>
          {row.fate === null ? null : <FateBadge fate={row.fate} />}
          {row.error === null ? null : <span className="[overflow-wrap:anywhere]">{row.error}</span>}
        </>
      )}
    />
  );
}

function columnsOf(operation: Operation): Column<Row>[] {
  const fate: Column<Row> = {
    key: "fate",
    head: "Since then",
    width: "w-44",
    cell: (row) =>
      row.fate === null ? <span className="text-faint">–</span> : <FateBadge fate={row.fate} />,
  };
  return [
    { key: "job", head: "Job", width: "w-52", cell: (row) => <JobLink queue={operation.queue} row={row} /> },
    {
      key: "outcome",
      head: "Outcome",
      width: "w-44",
      cell: (row) => <OutcomeBadge outcome={row.outcome} operation={operation} />,
    },
    ...(operation.kind === "redrive" ? [fate] : []),
    {
      key: "why",
      head: "Why",
      cell: ({ error }) =>
        error === null ? (
          <span className="text-faint">–</span>
        ) : (
          <span className="text-dim" data-tip={error.length > 80 ? error : undefined}>
            {error}
          </span>
        ),
    },
  ];
}

const JobLink = ({ queue, row: { job_id } }: { queue: string; row: Row }) => (
  <Link
    to={paths.job(queue, job_id)}
    aria-label={`Job ${job_id}`}
    className={`${rowLink} font-mono text-xs`}
    data-tip={job_id.length > 22 ? job_id.slice(0, 300) : undefined}
  >
    {shortId(job_id, 22)}
  </Link>
);

function FateBadge({ fate }: { fate: NonNullable<Row["fate"]> }) {
  switch (fate) {
    case "completed_again":
      return <StateBadge state="completed">completed</StateBadge>;
    case "failed_again":
      return <StateBadge state="failed">failed again</StateBadge>;
    case "gone":
      return <StateBadge state="gone">vanished unseen</StateBadge>;
    case "open":
      return <StateBadge state="waiting">open</StateBadge>;
  }
}
