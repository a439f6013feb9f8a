import type { AuditRecord } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { ActionName, Effect, Reason, Target, When, Who } from "./audit-cells.tsx";
import { effectWords, moveWords } from "./effect-words.ts";

const columns: readonly Column<AuditRecord>[] = [
  { key: "time", head: "Time (UTC)", width: "w-54", cell: (record) => <When record={record} /> },
  { key: "actor", head: "Who", width: "w-36", cell: (record) => <Who record={record} /> },
  { key: "action", head: "Action", width: "w-36", cell: (record) => <ActionName record={record} /> },
  { key: "target", head: "Queue and job", width: "w-52", cell: (record) => <Target record={record} /> },
  { key: "effect", head: "What came of it", cell: (record) => <Effect record={record} /> },
  { key: "reason", head: "Why", from: "lg", cell: (record) => <Reason record={record} /> },
];

/** Records newest first; a row leads to the whole record. */
export function AuditTable({ records, empty }: { records: readonly AuditRecord[]; empty: ReactNode }) {
  return (
    <Table
      label="Audit records"
      columns={columns}
      rows={records}
      rowId={(record) => record.id}
      sticky={false}
      empty={empty}
      card={(record) => (
        <>
          <ActionName record={record} />
          <StateBadge state={record.status} />
        </>
      )}
      cardNote={(record) => (
        <>
          <When record={record} />
          <Who record={record} />
          {record.queue === null ? null : <Target record={record} />}
          <span className="w-full min-w-0 [overflow-wrap:anywhere]">
            {effectWords(record) || moveWords(record)}
          </span>
          {record.reason === null && record.incident === null ? null : <Reason record={record} />}
        </>
      )}
    />
  );
}
