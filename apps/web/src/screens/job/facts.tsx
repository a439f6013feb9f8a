import type { JobDetail } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { RunCell } from "../../features/job-table/cells.tsx";
import { useOwnLinks } from "../../features/links/own-links.tsx";
import { formatMs, shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { ShareBar } from "../../ui/meter.tsx";
import { Panel } from "../../ui/panel.tsx";

/** The plain facts and where they lead. */
export function Facts({ job }: { job: JobDetail }) {
  const names = { queue: job.queue, task: job.task, worker: job.worker_id, job_id: job.id };
  const [ofTask, ofWorker] = [useOwnLinks("task", names), useOwnLinks("worker", names)];
  const own = job.worker_id === null ? ofTask : [...ofTask, ...ofWorker];
  const at = (time: string | null) => (time === null ? null : shownStamp(time));
  return (
    <Panel title="Facts">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
        <Fact term="Created">{at(job.created_at)}</Fact>
        <Fact term="Waited">{job.wait_ms === null ? null : formatMs(job.wait_ms)}</Fact>
        <Fact term="Due">{job.state === "delayed" ? at(job.run_at) : null}</Fact>
        <Fact term="Started">{at(job.started_at)}</Fact>
        <Fact term={job.state === "active" ? "Running for" : "Ran for"}>
          {job.started_at === null ? null : <RunCell job={job} />}
        </Fact>
        <Fact term="Finished">{at(job.finished_at)}</Fact>
        <Fact term="Worker">
          {job.worker_id === null ? null : (
            <Link to={`${paths.workers()}?queue=${encodeURIComponent(job.queue)}`} className={look}>
              {job.worker_id}
            </Link>
          )}
        </Fact>
        <Fact term="Progress">{job.progress === null ? null : <Progress value={job.progress} />}</Fact>
        <Fact term="Priority">{job.priority === 0 ? null : job.priority}</Fact>
        <Fact term="Schedule">
          {job.schedule_id === null ? null : (
            <Link to={paths.schedules(job.queue)} className={look}>
              {job.schedule_id}
            </Link>
          )}
        </Fact>
        <Fact term="Parent">{job.parent === null ? null : <JobRef job={job.parent} />}</Fact>
        <Fact term="Children">{job.children.length === 0 ? null : <Children refs={job.children} />}</Fact>
        <Fact term="Elsewhere">
          {own.length === 0 ? null : own.map((one) => <Outside key={one.label} {...one} />)}
        </Fact>
      </dl>
    </Panel>
  );
}

const look = "text-accent hover:underline [overflow-wrap:anywhere]";

function Fact({ term, children }: { term: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <>
      <dt className="text-dim">{term}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

const Outside = ({ label, href }: { label: string; href: string }) => (
  <a href={href} className={`${look} mr-3`} rel="noreferrer" target="_blank">
    {label} ↗
  </a>
);

const JobRef = ({ job }: { job: { queue: string; id: string } }) => (
  <Link to={paths.job(job.queue, job.id)} className={look}>
    {job.queue} / <span className="font-mono text-xs">{job.id}</span>
  </Link>
);

const most = 20;

function Children({ refs }: { refs: JobDetail["children"] }) {
  return (
    <ul>
      {refs.slice(0, most).map((ref) => (
        <li key={`${ref.queue}/${ref.id}`}>
          <JobRef job={ref} />
        </li>
      ))}
      {refs.length > most ? <li className="text-dim">and {refs.length - most} more</li> : null}
    </ul>
  );
}

function Progress({ value }: { value: number | string }) {
  if (typeof value === "string") return <span className="font-mono text-xs">{value.slice(0, 200)}</span>;
  return (
    <span className="flex items-center gap-3">
      <span className="w-28">
        <ShareBar share={value / 100} label={`${value} %`} />
      </span>
      {value} %
    </span>
  );
}
