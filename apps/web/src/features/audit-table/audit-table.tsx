import type { AuditRecord, Marker } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { CopyButton } from "../../ui/copy-button.tsx";
import { cx } from "../../ui/cx.ts";
import { TimeHead } from "../../ui/relative-time.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { aboveRowLink, type Column, type Selection, Table } from "../../ui/table.tsx";
import { recordMark } from "../actions/action-words.ts";
import { Why } from "../incidents/why.tsx";
import { ActionName, Effect, Target, When, Who } from "./audit-cells.tsx";
import type { AuditRow } from "./audit-rows.ts";
import { effectWords, moveWords } from "./effect-words.ts";
import { MarkerKind, MarkerTarget, MarkerTitle, MarkerWhen, MarkerWho } from "./marker-cells.tsx";

/** A cell of both kinds of rows. */
const either =
  (ofRecord: (record: AuditRecord) => ReactNode, ofMarker: (marker: Marker) => ReactNode) =>
  (row: AuditRow) =>
    row.kind === "record" ? ofRecord(row.record) : ofMarker(row.marker);

const when = either(
  (record) => <When record={record} />,
  (marker) => <MarkerWhen marker={marker} />,
);
const who = either(
  (record) => <Who record={record} />,
  (marker) => <MarkerWho marker={marker} />,
);

const columns: readonly Column<AuditRow>[] = [
  { key: "time", head: <TimeHead />, width: "w-54", cell: when },
  { key: "actor", head: "Who", width: "w-32", cell: who },
  {
    key: "action",
    head: "Action",
    width: "w-36",
    cell: either(
      (record) => <ActionName record={record} />,
      (marker) => <MarkerKind marker={marker} />,
    ),
  },
  {
    key: "target",
    head: "Queue and job",
    width: "w-48",
    cell: either(
      (record) => <Target record={record} />,
      (marker) => <MarkerTarget marker={marker} />,
    ),
  },
  {
    key: "effect",
    head: "What came of it",
    cell: either(
      (record) => <Effect record={record} />,
      (marker) => <MarkerTitle marker={marker} />,
    ),
  },
  {
    key: "reason",
    head: "Why",
    from: "lg",
    cell: either(
      ({ reason, incident }) => <Why reason={reason} incident={incident} />,
      () => null,
    ),
  },
];

interface AuditTableProps {
  rows: readonly AuditRow[];
  empty: ReactNode;
  selection: Selection;
}

/** Records newest first, and what explains them between; a record's row leads to the whole record. */
export function AuditTable({ rows, empty, selection }: AuditTableProps) {
  return (
    <Table
      label="Audit records"
      columns={columns}
      rows={rows}
      rowId={rowId}
      selection={selection}
      sticky={false}
      empty={empty}
      card={either(
        (record) => (
          <>
            <ActionName record={record} />
            <StateBadge state={recordMark(record)} />
          </>
        ),
        (marker) => <MarkerKind marker={marker} />,
      )}
      cardNote={(row) => (
        <>
          {when(row)}
          {who(row)}
          {row.kind === "record" ? <RecordNote record={row.record} /> : <MarkerNote marker={row.marker} />}
        </>
      )}
    />
  );
}

export const rowId = ({ id }: AuditRow): string => id;

function RecordNote({ record }: { record: AuditRecord }) {
  return (
    <>
      {record.queue === null ? null : <Target record={record} />}
      {record.job_id === null ? null : (
        <span className={cx(aboveRowLink, "-my-2")}>
          <CopyButton iconOnly size="small" tone="quiet" label="Copy the whole job id" text={record.job_id} />
        </span>
      )}
      <span className="w-full min-w-0 [overflow-wrap:anywhere]">
        {effectWords(record) || moveWords(record)}
      </span>
      {record.reason === null && record.incident === null ? null : (
        <Why reason={record.reason} incident={record.incident} roomy />
      )}
    </>
  );
}

const MarkerNote = ({ marker }: { marker: Marker }) => (
  <span className="w-full min-w-0 [overflow-wrap:anywhere]">
    <MarkerTitle marker={marker} />
  </span>
);
