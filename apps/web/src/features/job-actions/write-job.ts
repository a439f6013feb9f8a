import { refusalWords, runWrite } from "../actions/run-write.tsx";
import type { Answer } from "../confirm/confirm.ts";
import { type ActionableJob, type JobAction, jobActions } from "./job-action.ts";

export interface ActRequest {
  queue: string;
  action: JobAction;
  jobs: readonly ActionableJob[];
  /** The reason and the incident given. */
  answer: Answer;
  /** Of a retry: all attempts back instead of one more run. */
  resetAttempts?: boolean;
}

/** What came of one job. `still running`: asked to stop, but it did not. */
export interface JobResult {
  id: string;
  kind: "done" | "still running" | "refused" | "unknown";
  /** Why it was refused, as a sentence. */
  why: string | null;
  error: unknown;
  auditId: string | null;
}

/** One write on one job, only if it is still as it was seen. Says nothing; the caller tells of all together. */
export async function writeJob(request: ActRequest, job: ActionableJob): Promise<JobResult> {
  const { queue, action, answer, resetAttempts } = request;
  const { endpoint, doing } = jobActions[action];
  const reset = action === "job.retry" && resetAttempts === true ? { reset_attempts: true } : {};
  const outcome = await runWrite({
    endpoint,
    params: { queue, job_id: job.id },
    body: { ...answer, ...reset, expect: { version: job.version } },
    done: "",
    tried: doing,
    silent: true,
  });
  const base = { id: job.id, auditId: outcome.auditId, why: null, error: null };
  if (outcome.outcome === "unknown") return { ...base, kind: "unknown" };
  if (outcome.outcome === "failed")
    return { ...base, kind: "refused", why: refusalWords(outcome.error), error: outcome.error };
  const running = "stopped" in outcome.reply && outcome.reply.stopped === false;
  return { ...base, kind: running ? "still running" : "done" };
}
