import { useQuery } from "@tanstack/react-query";
import { Link, type LoaderFunctionArgs } from "react-router";
import { ApiError } from "../../api/api-error.ts";
import { addressOf, auditRecordQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { recordMark } from "../../features/actions/action-words.ts";
import { recordLine } from "../../features/audit-table/audit-note.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { usePlace } from "../../features/place/use-place.ts";
import { paths, placeOf } from "../../lib/paths.ts";
import { JsonView } from "../../ui/json-view.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { Entries } from "./entries.tsx";
import { MissingRecord } from "./missing-record.tsx";
import { RecordFacts } from "./record-facts.tsx";
import { RelatedLinks } from "./related-links.tsx";

/** A record this process does not hold is an answer too, shown by the screen itself. */
export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  const options = auditRecordQuery(placeOf(request).auditId);
  await queryClient.ensureQueryData({ ...options, revalidateIfStale: true }).catch((error: unknown) => {
    if (!isMiss(error)) throw error;
  });
  return null;
}

const isMiss = (error: unknown) => error instanceof ApiError && error.status === 404;

export function Component() {
  const { auditId } = usePlace();
  const { data: record, error } = useQuery(auditRecordQuery(auditId));
  if (record === undefined) {
    if (error === null) return <SkeletonRows />;
    if (error instanceof ApiError && isMiss(error))
      return <MissingRecord id={auditId} detail={error.problem.detail} />;
    throw error;
  }
  const note = () => ({ title: `Audit record ${record.id}`, lines: [recordLine(record)] });
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        crumbs={<Link to={paths.audit()}>Audit</Link>}
        title={<span className="font-mono">{record.action}</span>}
        note={<StateBadge state={recordMark(record)} />}
        actions={<CopyNoteButton asked={() => addressOf(auditRecordQuery(auditId).queryKey)} note={note} />}
      />
      <Panel>
        <RecordFacts record={record} />
        <RelatedLinks record={record} />
      </Panel>
      {Object.keys(record.details).length === 0 ? null : (
        <Panel title="Details">
          <JsonView label="Details" text={JSON.stringify(record.details, null, 2)} />
        </Panel>
      )}
      <Panel
        title="Entries"
        note="each holds the hash of the one before, so that none can be changed unseen"
        flush
      >
        <Entries record={record} />
      </Panel>
    </div>
  );
}
