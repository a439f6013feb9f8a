import type { JobDetail } from "@spillway/contract/schemas";
import { ChevronRight } from "lucide-react";
import { Moment } from "../../features/job-table/cells.tsx";
import { formatMs, plural } from "../../lib/format.ts";
import { cx } from "../../ui/cx.ts";
import { Panel } from "../../ui/panel.tsx";
import { Elapsed } from "../../ui/relative-time.tsx";
import { StackTrace } from "../../ui/stack-trace.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

type Attempt = JobDetail["attempts"][number];

/** Every run, newest first. */
export function Attempts({ job }: { job: JobDetail }) {
  const { attempts } = job;
  const running = job.state === "active" ? attempts.at(-1) : undefined;
  if (attempts.length === 0) {
    return (
      <Panel title="Attempts">
        <p className="text-sm text-dim">
          {job.state === "active" ? "Its first run is under way." : "It has not run yet."}
        </p>
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
            <AttemptLine attempt={attempt} running={attempt === running} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function AttemptLine({ attempt, running }: { attempt: Attempt; running: boolean }) {
  const { number, error, started_at, worker_id } = attempt;
  const stacked = error !== null && (error.frames.length > 0 || error.stack !== null);
  const line = (
    <>
      <ChevronRight
        size={14}
        aria-hidden
        className={cx("shrink-0 self-center text-faint group-open:rotate-90", !stacked && "invisible")}
      />
      <span className="w-5 shrink-0 text-dim">{number}</span>
      <StateBadge state={error === null ? (running ? "active" : "completed") : "failed"} />
      <span className="shrink-0 text-dim">
        {started_at === null ? "time not kept" : <Moment at={started_at} />}
      </span>
      {tookOf(attempt) === null ? null : <span className="shrink-0 text-dim">{tookOf(attempt)}</span>}
      {running && started_at !== null ? (
        <span className="shrink-0 text-dim">
          for <Elapsed since={started_at} />
        </span>
      ) : null}
      {error === null ? null : (
        <span className="min-w-0 flex-1 truncate max-sm:basis-full">
          {error.name === null ? "" : `${error.name}: `}
          <span className="text-dim">{error.message.slice(0, 300)}</span>
        </span>
      )}
      {worker_id === null ? null : <span className="shrink-0 text-xs text-faint">on {worker_id}</span>}
    </>
  );
  const row = "flex flex-wrap items-baseline gap-x-3 gap-y-0.5 sm:flex-nowrap";
  if (!stacked) return <div className={row}>{line}</div>;
  return (
    <details className="group">
      <summary className={`${row} list-none`}>{line}</summary>
      <div className="mt-2 mb-1 ml-12">
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
