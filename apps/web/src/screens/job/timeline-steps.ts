import type { JobDetail } from "@spillway/contract/schemas";
import { formatMs } from "../../lib/format.ts";
import type { StateWord } from "../../ui/state-badge.tsx";

type Entry = JobDetail["timeline"][number];

export interface Step {
  key: string;
  look: StateWord;
  words: string;
  /** Null: the engine kept no time of it. */
  at: string | null;
  /** How long it stayed so; null for the last one. */
  lasted: string | null;
  /** The last step goes on: since when. */
  since: string | null;
  worker: string | null;
  detail: string | null;
}

const events: Record<string, { look: StateWord; words: string }> = {
  created: { look: "pending", words: "created" },
  waiting: { look: "waiting", words: "waiting" },
  delayed: { look: "delayed", words: "delayed" },
  blocked: { look: "blocked", words: "waiting for children" },
  started: { look: "active", words: "running" },
  attempt_failed: { look: "failed", words: "run failed" },
  completed: { look: "completed", words: "completed" },
  failed: { look: "failed", words: "failed for good" },
  retried: { look: "waiting", words: "retried" },
  stalled: { look: "lost", words: "stalled" },
  promoted: { look: "waiting", words: "released" },
  cancel_requested: { look: "stopped", words: "asked to stop" },
  "job.retry": { look: "waiting", words: "retry" },
  "job.cancel": { look: "stopped", words: "cancel" },
  "job.remove": { look: "stopped", words: "remove" },
  "job.promote": { look: "waiting", words: "run now" },
};

const goesOn: readonly JobDetail["state"][] = ["waiting", "active", "delayed", "blocked"];

/** What happened, oldest first; a moment that the next one explains at once is left out. */
export function timelineSteps(job: Pick<JobDetail, "timeline" | "state" | "attempts">): Step[] {
  const [first, ...later] = knownSteps(job);
  const runs = earlierRuns(job);
  if (first === undefined || runs === null) return first === undefined ? [] : [first, ...later];
  return [{ ...first, lasted: null, since: null }, runs, ...later];
}

/** Runs that failed of which the engine keeps the errors, but no times: the first of them came right after the creation. */
function earlierRuns({ timeline, attempts }: Pick<JobDetail, "timeline" | "attempts">): Step | null {
  if (timeline.some(({ event }) => event === "attempt_failed")) return null;
  const count = attempts.filter(
    ({ started_at, finished_at, error }) => started_at === null && finished_at === null && error !== null,
  ).length;
  if (count === 0) return null;
  return {
    key: "earlier runs",
    look: "failed",
    words: count === 1 ? "a run failed" : `${count} runs failed`,
    at: null,
    lasted: null,
    since: null,
    worker: null,
    detail: "The engine keeps the errors of earlier runs, not their times.",
  };
}

function knownSteps(job: Pick<JobDetail, "timeline" | "state">): Step[] {
  const entries = withoutEchoes(job.timeline);
  return entries.map((entry, index) => {
    const next = entries[index + 1];
    // Some engines tell of the creation only; what it does since is its state.
    const told = next === undefined && entry.event === "created" ? job.state : entry.event;
    const known = events[told] ?? events[entry.event] ?? { look: "unknown" as const, words: entry.event };
    const ms = next === undefined ? null : Date.parse(next.at) - Date.parse(entry.at);
    return {
      key: `${index} ${entry.event}`,
      ...known,
      at: entry.at,
      lasted: ms === null || ms < 1 ? null : formatMs(ms),
      since: next === undefined && goesOn.includes(job.state) ? entry.at : null,
      worker: entry.worker_id,
      detail: entry.detail,
    };
  });
}

const rests = ["waiting", "delayed", "blocked"];

/**
 * Of what happened at one moment only what tells most stays: not a wait that took no time, not the creation that a
 * wait begins with, not the back-off that follows from a failed run, nor the failed run that was the last.
 */
function withoutEchoes(timeline: readonly Entry[]): Entry[] {
  return timeline.filter((entry, index) => {
    const before = timeline[index - 1];
    const next = timeline[index + 1];
    if (entry.event === "delayed" && before?.event === "attempt_failed" && before.at === entry.at)
      return false;
    if (next?.at !== entry.at) return true;
    if (entry.event === "waiting") return false;
    if (entry.event === "created")
      return !(rests.includes(next.event) && timeline[index + 2]?.at !== entry.at);
    return !(entry.event === "attempt_failed" && next.event === "failed");
  });
}
