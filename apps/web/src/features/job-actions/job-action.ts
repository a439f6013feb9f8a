import type { JobState } from "@spillway/contract/schemas";
import { plural } from "../../lib/format.ts";
import { stateWord } from "../../ui/state-badge.tsx";

export type JobAction = "job.retry" | "job.cancel" | "job.remove" | "job.promote";

/** What has to be known of a job to act on it. */
export interface ActionableJob {
  id: string;
  task: string;
  state: JobState;
  version: string;
}

interface Words {
  /** On the button, without dots. */
  verb: string;
  /** `can be retried` */
  passive: string;
  /** `Retrying 3 jobs` */
  doing: string;
  /** `Retried 3 of 3 jobs` */
  did: string;
  endpoint: "retryJob" | "cancelJob" | "removeJob" | "promoteJob";
  /** Which jobs it is for. */
  only: string;
}

export const jobActions: Record<JobAction, Words> = {
  "job.retry": {
    verb: "Retry",
    passive: "retried",
    doing: "Retrying",
    did: "Retried",
    endpoint: "retryJob",
    only: "failed jobs",
  },
  "job.cancel": {
    verb: "Cancel",
    passive: "cancelled",
    doing: "Cancelling",
    did: "Cancelled",
    endpoint: "cancelJob",
    only: "jobs that run or would run",
  },
  "job.remove": {
    verb: "Remove",
    passive: "removed",
    doing: "Removing",
    did: "Removed",
    endpoint: "removeJob",
    only: "jobs that are not running",
  },
  "job.promote": {
    verb: "Run now",
    passive: "run now",
    doing: "Releasing",
    did: "Released",
    endpoint: "promoteJob",
    only: "delayed jobs",
  },
};

/** Why this can't be done to a job in this state, as a sentence, or null. `cancelActive`: true or why not. */
export function whyNotInState(
  action: JobAction,
  state: JobState,
  cancelActive: true | string,
): string | null {
  const ended = state === "completed" || state === "failed";
  switch (action) {
    case "job.retry":
      return state === "failed" ? null : `Only failed jobs can be retried; this one is ${stateWord(state)}.`;
    case "job.cancel":
      if (ended) return `It has ended already (${stateWord(state)}), so there is nothing to cancel.`;
      return state === "active" && cancelActive !== true ? cancelActive : null;
    case "job.remove":
      return state === "active" ? "Active jobs can't be removed; cancel it first." : null;
    case "job.promote":
      return state === "delayed"
        ? null
        : `Only delayed jobs can be run now; this one is ${stateWord(state)}.`;
  }
}

export interface Applicability<Job> {
  jobs: readonly Job[];
  /** Why nothing can be done, or null. */
  off: string | null;
  /** `2 of 3 selected can be retried`, where not all can. */
  note: string | null;
}

/** Which of the selected jobs an action is for. */
export function applicable<Job extends ActionableJob>(
  action: JobAction,
  selected: readonly Job[],
  cancelActive: true | string,
): Applicability<Job> {
  const { passive, only } = jobActions[action];
  const jobs = selected.filter((job) => whyNotInState(action, job.state, cancelActive) === null);
  const [first] = selected;
  if (jobs.length > 0 && first !== undefined) {
    const note =
      jobs.length === selected.length
        ? null
        : `${jobs.length} of ${selected.length} selected can be ${passive}`;
    return { jobs, off: null, note };
  }
  if (first === undefined) return { jobs, off: "Nothing is selected.", note: null };
  const off =
    selected.length === 1
      ? whyNotInState(action, first.state, cancelActive)
      : `None of the ${selected.length} selected can be ${passive}: it is for ${only}.`;
  return { jobs, off, note: null };
}

/** `8f31c…` for one, `7 jobs` for more. */
export const jobsName = (jobs: readonly ActionableJob[], shorten: (id: string) => string): string =>
  jobs.length === 1 && jobs[0] !== undefined ? shorten(jobs[0].id) : plural(jobs.length, "job");
