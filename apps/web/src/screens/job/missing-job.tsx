import type { JobDetail, Problem } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { auditQuery, findJobQuery } from "../../api/queries.ts";
import { shortId, shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { JobAudit } from "./job-audit.tsx";
import { ofJob } from "./of-job.ts";

interface MissingJobProps {
  queue: string;
  jobId: string;
  problem: Problem;
  /** As it was when this page last saw it. */
  last: JobDetail | undefined;
}

const look = "text-accent hover:underline";

/** Says that there is no such job, and everything that is known about why. */
export function MissingJob({ queue, jobId, problem, last }: MissingJobProps) {
  const { data: audit } = useQuery(auditQuery(ofJob(queue, jobId)));
  const { data: found } = useQuery(findJobQuery(jobId));
  const removal = audit?.items.find(
    (record) => record.action === "job.remove" && record.status === "success",
  );
  const elsewhere = found?.items.filter((job) => job.queue !== queue) ?? [];
  const seen = problem.last_known;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        crumbs={
          <>
            <Link to={paths.queues()}>Queues</Link> / <Link to={paths.queue(queue)}>{queue}</Link> /{" "}
            <Link to={paths.jobs(queue)}>Jobs</Link>
          </>
        }
        title={<span className="font-mono text-lg">{shortId(jobId, 40)}</span>}
      />
      <Panel
        title={
          removal === undefined
            ? `There is no such job in ${queue}`
            : `${shortId(jobId, 40)} was removed from ${queue}`
        }
      >
        <ul className="flex flex-col gap-1.5 text-sm">
          {removal === undefined ? null : (
            <li>
              By <strong>{removal.actor.name}</strong> at {shownStamp(removal.timestamp)},{" "}
              <RelativeTime at={removal.timestamp} past />
              {removal.reason === null ? "" : `: “${removal.reason}”`}.{" "}
              <Link to={paths.auditRecord(removal.id)} className={look}>
                Show the record
              </Link>
            </li>
          )}
          {seen === undefined || removal !== undefined ? null : (
            <li>
              Last seen: {seen.event} at {shownStamp(seen.at)}.
            </li>
          )}
          {last === undefined ? null : (
            <li>
              This page last looked at it {shownStamp(last.as_of)}, when it was{" "}
              <StateBadge state={last.state} />.
            </li>
          )}
          {elsewhere.map((job) => (
            <li key={job.queue}>
              A job of this id is in{" "}
              <Link to={paths.job(job.queue, job.id)} className={look}>
                {job.queue}
              </Link>
              .
            </li>
          ))}
          {removal === undefined && seen === undefined ? (
            <li className="text-dim">
              {audit === undefined
                ? "The audit could not be read."
                : `Nothing in the audit explains it; this process remembers since ${shownStamp(audit.holds.since)}.`}{" "}
              Many queues delete jobs by themselves once they have completed.
            </li>
          ) : null}
        </ul>
      </Panel>
      <JobAudit queue={queue} jobId={jobId} />
    </div>
  );
}
