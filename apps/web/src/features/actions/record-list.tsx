import type { AuditRecord } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon } from "../../ui/state-badge.tsx";
import { rowLink } from "../../ui/table.tsx";
import { recordMark, recordWords } from "./action-words.ts";

/** A few audit records as sentences, each a link to its record. */
export function RecordList({ records }: { records: readonly AuditRecord[] }) {
  return (
    <ul className="text-sm">
      {records.map((record) => (
        <li
          key={record.id}
          className="relative flex items-start gap-2 border-t border-line px-4 py-2 first:border-t-0 hover:bg-raised"
        >
          <span className="mt-0.5">
            <StateIcon state={recordMark(record)} />
          </span>
          <div className="min-w-0 flex-1">
            <Link to={paths.auditRecord(record.id)} className={rowLink}>
              {recordWords(record)}
            </Link>
            {record.reason === null && record.incident === null ? null : (
              <p className="truncate text-xs text-dim">
                {record.reason === null ? "" : `“${record.reason}”`} {record.incident}
              </p>
            )}
          </div>
          <span className="text-xs text-dim">
            <RelativeTime at={record.timestamp} suffix="" />
          </span>
        </li>
      ))}
    </ul>
  );
}
