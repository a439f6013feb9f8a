import type { JobState } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { queueQuery } from "../../api/queries.ts";
import { confirm } from "../confirm/confirm.ts";
import { reason, useCan, useSession } from "../session/use-session.ts";
import { actOnJobs } from "./act-on-jobs.tsx";
import {
  type ActionableJob,
  type Applicability,
  applicable,
  type JobAction,
  jobActions,
  whyNotInState,
} from "./job-action.ts";
import { jobQuestion } from "./questions.tsx";
import { taskNote } from "./task-notes.tsx";
import { changedWords, unchangedSince, useUnchanged } from "./unchanged.ts";
import type { JobResult } from "./write-job.ts";

export interface JobActions {
  /** Which of these jobs an action is for, and why none where none is. */
  offer<Job extends ActionableJob>(action: JobAction, jobs: readonly Job[]): Applicability<Job>;
  /** Why an action can't be tried on all jobs of a state, or null. */
  offerAll(action: JobAction, state: JobState): string | null;
  /**
   * Asks where asking is due, then acts. `ask`: `always`, or `needed` for a plain retry or run of one job, which asks
   * only where the task has a note or a reason is required. Resolves to null if it was called off.
   */
  act(
    action: JobAction,
    jobs: readonly ActionableJob[],
    ask: "always" | "needed",
  ): Promise<JobResult[] | null>;
}

/** What can be done to jobs of a queue by whoever looks. */
export function useJobActions(queue: string): JobActions {
  const session = useSession();
  const can = useCan();
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const cancelActive =
    summary?.capabilities.job_cancel_active ?? session.engine.capabilities.job_cancel_active ?? true;
  return {
    offer(action, jobs) {
      const offered = applicable(action, jobs, cancelActive);
      return { ...offered, off: reason(can(action, summary)) ?? offered.off };
    },
    offerAll: (action, state) =>
      reason(can(action, summary)) ??
      (whyNotInState(action, state, cancelActive) === null
        ? null
        : `“${jobActions[action].verb}” is for ${jobActions[action].only}.`),
    async act(action, jobs, ask) {
      const noted = jobs.some((job) => taskNote(session, job.task) !== null) && action === "job.retry";
      const asks = ask === "always" || noted || session.policy.reason_required.includes(action);
      let resetAttempts = false;
      const onReset = (next: boolean) => {
        resetAttempts = next;
      };
      const since = Date.now();
      const about = { action, queue, summary, onReset };
      const useStanding = () => {
        const left = useUnchanged(queue, jobs, since);
        return {
          act: jobQuestion({ ...about, jobs: left === 0 ? jobs : jobs.slice(0, left) }).act,
          ...changedWords(jobs.length, left),
        };
      };
      const answer = asks ? await confirm({ ...jobQuestion({ ...about, jobs }), useStanding }) : {};
      if (answer === null) return null;
      return actOnJobs({ queue, action, jobs: unchangedSince(queue, jobs, since), answer, resetAttempts });
    },
  };
}
