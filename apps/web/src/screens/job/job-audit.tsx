import { buildQuery } from "@spillway/contract/paths";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { auditQuery } from "../../api/queries.ts";
import { recordMark, whoWords } from "../../features/actions/action-words.ts";
import { shownStamp, shownTime } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { ofJob } from "./of-job.ts";

/** What people did to this job, newest first. */
export function JobAudit({ queue, jobId }: { queue: string; jobId: string }) {
  const { data } = useQuery(auditQuery(ofJob(queue, jobId)));
  const all = `${paths.audit()}${buildQuery({ queue, job_id: jobId })}`;
  return (
    <Panel
      title="Audit"
      actions={
        <Link to={all} className="text-xs text-accent hover:underline">
          All records
        </Link>
      }
    >
      {data === undefined ? (
        <p className="text-sm text-faint">Not read yet.</p>
      ) : data.items.length === 0 ? (
        <p className="text-sm text-dim">Nobody acted on it since {shownStamp(data.holds.since)}.</p>
      ) : (
        <ul className="flex flex-col gap-2 text-sm">
          {data.items.slice(0, 10).map((record) => (
            <li key={record.id} className="flex flex-wrap items-baseline gap-x-2">
              <Link to={paths.auditRecord(record.id)} className="text-accent hover:underline">
                <time dateTime={record.timestamp}>{shownTime(record.timestamp)}</time>
              </Link>
              <span>
                {whoWords(record)} · <span className="font-mono text-xs">{record.action}</span>
              </span>
              <StateBadge state={recordMark(record)} />
              {record.reason === null ? null : <span className="text-dim">“{record.reason}”</span>}
              {record.error === null ? null : <span className="w-full text-dim">{record.error.message}</span>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
