import type { JobActionName, QueueDetail } from "@spillway/contract/schemas";
import type { Capabilities, JobState, QueueSnapshot } from "@spillway/engine";
import { count, duration, figure } from "@spillway/triage";

/** What is known of a queue before something is done to many of its jobs. */
export interface Preflight {
  action: JobActionName;
  /** In which state the selected jobs are; null if they were named one by one. */
  state: JobState | null;
  matched: number;
  /** Jobs that were named, but don't exist. */
  missing: number;
  /** How many of those matched somebody cancelled. */
  cancelled: number;
  queue: QueueSnapshot;
  /** As of the last sample; null if there was none. */
  sampled: Pick<QueueDetail, "workers" | "rates"> | null;
  capabilities: Capabilities;
}

/** Less than this ahead is no backlog. Ms, or jobs where nobody knows how fast they start. */
const SHORT_WAIT_MS = 10_000;
const FEW_AHEAD = 100;
/** Fewer failed attempts a minute are noise. */
const NOTABLE_FAILURES = 3;

/** Sentences on what will keep an action from having its effect, or from being judged. */
export function warningsOf(flight: Preflight): string[] {
  const { action, missing, matched } = flight;
  const runs = action === "job.retry" || action === "job.promote";
  return [
    missing > 0 ? `${missing} of the ${matched + missing} jobs named do not exist any more.` : null,
    action === "job.retry" ? cancelledOnes(flight) : null,
    ...(runs ? whyNotRun(flight) : []),
    action === "job.retry" ? stillFailing(flight) : null,
    action === "job.retry" ? whyNotCompared(flight) : null,
    action === "job.cancel" ? whyNotStopped(flight) : null,
  ].filter((sentence) => sentence !== null);
}

function cancelledOnes({ cancelled }: Preflight): string | null {
  if (cancelled === 0) return null;
  const one = cancelled === 1;
  return `${figure(cancelled)} of them ${one ? "was" : "were"} cancelled by somebody, and would run after all.`;
}

function whyNotRun({ action, queue, sampled, matched }: Preflight): (string | null)[] {
  const jobs = action === "job.retry" ? "Retried jobs" : "The jobs";
  const paused =
    `${queue.name} is paused: ${jobs.toLowerCase()} will not run. ` +
    `Resume it first${action === "job.retry" ? ", or judge from the resume on" : ""}.`;
  return [
    queue.paused ? paused : null,
    sampled?.workers === 0 ? `No worker serves ${queue.name}: ${jobs.toLowerCase()} will not run.` : null,
    backlogAhead(jobs, queue, sampled),
    limited(queue, matched),
  ];
}

function backlogAhead(jobs: string, queue: QueueSnapshot, sampled: Preflight["sampled"]): string | null {
  const { waiting } = queue.counts;
  const perMin = sampled?.rates.started_per_min ?? 0;
  const waitMs = perMin > 0 ? (waiting / perMin) * 60_000 : null;
  if (waitMs === null ? waiting < FEW_AHEAD : waitMs < SHORT_WAIT_MS) return null;
  const wait = waitMs === null || queue.paused ? "" : `, about ${duration(waitMs)}`;
  return `${jobs} go behind ${count(waiting, "other")}${wait}; settling starts when each job starts.`;
}

function limited({ name, rateLimit }: QueueSnapshot, matched: number): string | null {
  if (rateLimit === null) return null;
  const takes = (matched / rateLimit.max) * rateLimit.perMs;
  if (takes < SHORT_WAIT_MS) return null;
  return `${name} starts at most ${count(rateLimit.max, "job")} per ${duration(rateLimit.perMs)}: these take at least ${duration(takes)}.`;
}

function stillFailing({ queue, sampled }: Preflight): string | null {
  const failing = sampled?.rates.failed_attempts_per_min ?? 0;
  if (failing < NOTABLE_FAILURES) return null;
  return `${figure(failing)} runs a minute fail in ${queue.name} now: what is retried may fail again.`;
}

function whyNotCompared({ capabilities }: Preflight): string | null {
  const { flow_rates: why } = capabilities;
  return why === true ? null : `Rates before and after can't be compared: ${why}`;
}

function whyNotStopped({ capabilities, state }: Preflight): string | null {
  const { job_cancel_active: why } = capabilities;
  return why === true || (state !== null && state !== "active") ? null : why;
}
