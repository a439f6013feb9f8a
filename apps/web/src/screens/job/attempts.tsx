import type { JobDetail } from "@spillway/contract/schemas";
import { Moment } from "../../features/job-table/cells.tsx";
import { formatMs, plural } from "../../lib/format.ts";
import { Panel } from "../../ui/panel.tsx";
import { StackTrace } from "../../ui/stack-trace.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

type Attempt = JobDetail["attempts"][number];

/** Every run, newest first. */
export function Attempts({ job }: { job: JobDetail }) {
  const { attempts } = job;
  if (attempts.length === 0) {
    return (
      <Panel title="Attempts">
        <p className="text-sm text-dim">It has not run yet.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Attempts"
      note={`${plural(attempts.length, "run")}, at most ${job.max_attempts} by itself`}
      flush
    >
      <ol reversed className="text-sm">
        {attempts.toReversed().map((attempt) => (
          <li key={attempt.number} className="border-t border-line px-4 py-2 first:border-t-0">
            <AttemptLine
              attempt={attempt}
              running={job.state === "active" && attempt.number === attempts.length}
            />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function AttemptLine({ attempt, running }: { attempt: Attempt; running: boolean }) {
  const { number, error, started_at, worker_id } = attempt;
  const line = (
    <span className="inline-flex flex-wrap items-baseline gap-x-3 gap-y-0.5 align-top">
      <span className="w-6 text-dim">{number}</span>
      <StateBadge state={error === null ? (running ? "active" : "completed") : "failed"} />
      <span className="text-dim">{started_at === null ? "time not kept" : <Moment at={started_at} />}</span>
      {tookOf(attempt) === null ? null : <span className="text-dim">{tookOf(attempt)}</span>}
      {worker_id === null ? null : <span className="text-dim">on {worker_id}</span>}
      {error === null ? null : (
        <span className="[overflow-wrap:anywhere]">
          {error.name === null ? "" : `${error.name}: `}
          <span className="text-dim">{error.message.slice(0, 300)}</span>
        </span>
      )}
    </span>
  );
  if (error === null || (error.frames.length === 0 && error.stack === null)) return line;
  return (
    <details>
      <summary className="marker:text-faint">{line}</summary>
      <div className="mt-2 ml-9">
        <StackTrace frames={error.frames} raw={error.stack} />
      </div>
    </details>
  );
}

function tookOf({ started_at, finished_at }: Attempt): string | null {
  return started_at === null || finished_at === null
    ? null
    : formatMs(Date.parse(finished_at) - Date.parse(started_at));
}
