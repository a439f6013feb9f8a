import type { Worker } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { OwnLinks } from "../../features/links/own-links.tsx";
import { formatCount, formatDuration, plural, shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { ShareBar } from "../../ui/meter.tsx";
import { Elapsed } from "../../ui/relative-time.tsx";
import { isWorking, slotsInUse, slotsOf, sourceWords } from "./worker-facts.ts";

const link = "text-accent hover:underline";

/**
 * The active jobs of one queue that this worker runs. One known by its connection only can't be told from others of its
 * name: all of theirs. Null where its jobs can't be told at all.
 */
function jobsOfWorker(queue: string, { id, name, source, active_jobs }: Worker): string | null {
  const isToldApart = source === "agent" || source === "engine" || active_jobs.length > 0;
  const worker = isToldApart ? id : name;
  return worker === null
    ? null
    : `${paths.jobs(queue)}?${new URLSearchParams({ state: "active", worker, sort: "oldest" })}`;
}

export function WorkerName({ worker }: { worker: Worker }) {
  const where = [worker.host, worker.pid === null ? null : `pid ${worker.pid}`].filter(
    (part) => part !== null,
  );
  return (
    <span className="block min-w-0 py-1" data-tip={`id ${worker.id}`}>
      <span className="block truncate font-medium">{worker.name ?? shortId(worker.id, 28)}</span>
      <span className="block truncate text-xs text-dim">
        {where.length === 0 ? "host unknown" : where.join(" · ")}
      </span>
      <OwnLinks on="worker" names={{ worker: worker.name ?? worker.id, host: worker.host }} />
    </span>
  );
}

/** Its queues, each leading to the jobs it runs there. */
export function Queues({ worker }: { worker: Worker }) {
  if (worker.queues.length === 0) return <span className="text-faint">none known</span>;
  return (
    <span className="flex flex-wrap gap-x-2 py-1 touch:gap-x-5 touch:py-0">
      {worker.queues.map((queue) => {
        const jobs = jobsOfWorker(queue, worker);
        return jobs === null ? (
          <span key={queue} className="max-w-full truncate">
            {queue}
          </span>
        ) : (
          <Link
            key={queue}
            to={jobs}
            aria-label={`Jobs of ${worker.name ?? worker.id} in ${queue}`}
            className={`max-w-full truncate touch:leading-[44px] ${link}`}
          >
            {queue}
          </Link>
        );
      })}
    </span>
  );
}

/** Slots in use of those it has. */
export function Slots({ worker }: { worker: Worker }) {
  const { active_jobs, concurrency } = worker;
  const slots = slotsOf(worker);
  if (slots === null) return <span className="text-dim">{formatCount(active_jobs.length)} of ?</span>;
  const words = slotsInUse(active_jobs.length, slots);
  if (concurrency === null) return <span data-tip={quietQueues(worker)}>{words}</span>;
  return (
    <span className="flex items-center gap-2">
      <span className="w-12 shrink-0 max-lg:hidden">
        <ShareBar
          share={concurrency === 0 ? 0 : active_jobs.length / concurrency}
          label={`${words} slots in use`}
          className="text-active"
        />
      </span>
      {words}
    </span>
  );
}

/** Which queues do not tell how many slots they have. */
function quietQueues({ queues, concurrency_by_queue: told }: Worker): string {
  const quiet = queues.filter((queue) => told?.[queue] === undefined);
  return `How many slots it has for ${quiet.join(", ")} is not known: no agent there.`;
}

function ranFor(startedAt: string | null, until: number): string {
  const ms = startedAt === null ? Number.NaN : until - Date.parse(startedAt);
  if (Number.isNaN(ms) || ms < 0) return "";
  return ms < 1000 ? "0 s" : formatDuration(Math.floor(ms / 1000));
}

/** Lines of a row: few, and as many whatever it runs, so that rows stay where they are while jobs come and go. */
const lines = 2;
const lineRoom = "flex min-h-14 touch:min-h-[88px]";
const byStart = (a: Worker["active_jobs"][number], b: Worker["active_jobs"][number]) =>
  (a.started_at ?? "~").localeCompare(b.started_at ?? "~");

interface CurrentJobsProps {
  worker: Worker;
  /** Until when it ran them, epoch ms; null while it still does. NaN where nobody knows. */
  until: number | null;
}

/** What it runs or held, the longest running first. */
export function CurrentJobs({ worker, until }: CurrentJobsProps) {
  if (worker.active_jobs.length === 0)
    return isWorking(worker) ? (
      <span className={`${lineRoom} items-center text-faint`}>idle</span>
    ) : (
      <span className="text-faint">nothing</span>
    );
  const jobs = worker.active_jobs.toSorted(byStart);
  const rest = jobs.length <= lines ? [] : jobs.slice(lines - 1);
  return (
    // Each line is as high as what can be hit must be.
    <ul
      className={cx(
        "py-1 leading-6 touch:py-0 touch:leading-[44px]",
        isWorking(worker) && lineRoom,
        isWorking(worker) && "flex-col justify-center",
      )}
    >
      {jobs.slice(0, jobs.length - rest.length).map((job) => (
        <li key={`${job.queue} ${job.job_id}`} className="flex gap-2">
          <Link to={paths.job(job.queue, job.job_id)} className={`min-w-0 truncate ${link}`}>
            {job.task ?? "job"} <span className="font-mono text-xs">{shortId(job.job_id, 14)}</span>
          </Link>
          <span className="text-dim">
            {until === null ? <Elapsed since={job.started_at} /> : ranFor(job.started_at, until)}
          </span>
        </li>
      ))}
      {rest.length === 0 ? null : (
        <li className="text-xs leading-6 text-dim touch:leading-[44px]">
          and {plural(rest.length, "more job")} of{" "}
          {[...new Set(rest.map((job) => job.queue))].map((queue) => (
            <Link
              key={queue}
              to={jobsOfWorker(queue, worker) ?? paths.jobs(queue)}
              className="mr-1.5 inline-block min-w-6 text-accent underline touch:min-w-[44px]"
            >
              {queue}
            </Link>
          ))}
        </li>
      )}
    </ul>
  );
}

/** Where our knowledge of it comes from, and what that leaves out. */
export function Source({ worker }: { worker: Worker }) {
  const { word, limit } = sourceWords(worker);
  return (
    <span className={limit === null ? "text-dim" : "text-paused"} data-tip={limit ?? undefined}>
      {word}
      {limit === null ? null : <span className="sr-only">. {limit}</span>}
    </span>
  );
}

export const Version = ({ worker: { version } }: { worker: Worker }) =>
  version === null ? (
    <span className="text-faint">unknown</span>
  ) : (
    <span className="font-mono text-xs">{version}</span>
  );
