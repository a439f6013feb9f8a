import type { AuditRecord } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { RecordList } from "../../features/actions/record-list.tsx";
import { useSession } from "../../features/session/use-session.ts";
import { shownMinute } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";

const most = 5;

/** Who deleted or stopped work, as far back as this process remembers. */
export function DestructiveActions({ records }: { records: readonly AuditRecord[] }) {
  const { server } = useSession();
  return (
    <Panel
      title="Destructive actions"
      note={`since ${shownMinute(server.started_at)}`}
      flush
      actions={
        <Link to={`${paths.audit()}?destructive=true`} className="text-xs text-accent hover:underline">
          Audit
        </Link>
      }
    >
      {records.length === 0 ? (
        <p className="px-4 pb-3 text-sm text-dim">None on record.</p>
      ) : (
        <RecordList records={records.slice(0, most)} />
      )}
    </Panel>
  );
}
