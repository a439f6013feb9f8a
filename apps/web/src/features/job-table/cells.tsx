import type { JobSummary } from "@spillway/contract/schemas";
import { formatBytes, formatMs, shownShort } from "../../lib/format.ts";
import { windowOnHit } from "../../lib/highlight.ts";
import { Badge } from "../../ui/badge.tsx";
import { Highlight } from "../../ui/highlight.tsx";
import { Elapsed, RelativeTime } from "../../ui/relative-time.tsx";
import { serverNow } from "../../ui/use-now.ts";

/** What a row's payload begins with, moved to the hit; the row says so where it can't be shown. */
export function PayloadCell({ job, wanted = "" }: { job: JobSummary; wanted?: string }) {
  if (job.payload_preview === null) {
    const size = job.payload_bytes === null ? "" : `, ${formatBytes(job.payload_bytes)}`;
    return (
      <span className="text-faint">{job.flags.includes("huge") ? `too large to preview${size}` : "–"}</span>
    );
  }
  return (
    <span className="font-mono text-xs text-dim">
      <Highlight text={windowOnHit(job.payload_preview, wanted)} wanted={wanted} />
    </span>
  );
}

const flagWords: Record<JobSummary["flags"][number], { word: string; tip: string }> = {
  unreadable: { word: "unreadable", tip: "Its record is damaged: parts of it can't be read" },
  huge: { word: "huge", tip: "Its payload is above 64 kB, so lists don't read it" },
  not_json: { word: "not JSON", tip: "Its payload is not JSON; it is shown as text" },
  stalled: { word: "stalled", tip: "Its worker stopped renewing it; another will take it over" },
};

export function JobFlags({ flags }: Pick<JobSummary, "flags">) {
  return flags.map((flag) => (
    <Badge
      key={flag}
      tone={flag === "stalled" || flag === "unreadable" ? "warn" : "neutral"}
      tip={flagWords[flag].tip}
    >
      {flagWords[flag].word}
    </Badge>
  ));
}

export function ErrorCell({ job }: { job: JobSummary }) {
  if (job.error === null) return <span className="text-faint">–</span>;
  const { name, message } = job.error;
  return (
    <span data-tip={message.slice(0, 300)}>
      {name === null ? null : <strong className="font-medium">{name} </strong>}
      <span className="text-dim">{message.slice(0, 240)}</span>
    </span>
  );
}

/** Which run it is at, of how many; a run under way counts. */
export function attemptText({ state, attempts_made, max_attempts }: JobSummary): string {
  const at = attempts_made + (state === "active" ? 1 : 0);
  return `${at} / ${Math.max(at, max_attempts)}`;
}

/** How long it has been running, counting; how long it ran, once it ended. */
export function RunCell({ job }: { job: JobSummary }) {
  return job.state === "active" ? <Elapsed since={job.started_at} /> : formatMs(job.run_ms);
}

/** A moment as its time of day; the date too when it was not today. */
export function Moment({ at }: { at: string | null }) {
  if (at === null) return <span className="text-faint">–</span>;
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {shownShort(at, serverNow())}
    </time>
  );
}

const since: Record<JobSummary["state"], keyof JobSummary> = {
  waiting: "waiting_since",
  active: "started_at",
  delayed: "run_at",
  blocked: "created_at",
  completed: "finished_at",
  failed: "finished_at",
};

/** When a job came into its state; for a delayed one, when it will be due. */
export function SinceCell({ job }: { job: JobSummary }) {
  const at = job[since[job.state]];
  return <RelativeTime at={typeof at === "string" ? at : job.created_at} past={job.state !== "delayed"} />;
}
