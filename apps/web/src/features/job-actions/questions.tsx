import type { QueueSummary } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { useState } from "react";
import { formatShare, plural, shortId } from "../../lib/format.ts";
import type { Question } from "../confirm/confirm.ts";
import { type ActionableJob, type JobAction, jobsName } from "./job-action.ts";
import { ResetField } from "./reset-field.tsx";
import { TaskNotes } from "./task-notes.tsx";

interface Asking {
  action: JobAction;
  jobs: readonly ActionableJob[];
  queue: string;
  /** What is known of the queue; undefined where it could not be read. */
  summary: QueueSummary | undefined;
  /** Called as the choice to give all attempts back changes. */
  onReset: (reset: boolean) => void;
}

/** What a person is told before jobs are acted on: what happens, to which, what follows, and how to go back. */
export function jobQuestion(asking: Asking): Question {
  const { action, jobs } = asking;
  const name = jobsName(jobs, shortId);
  const one = jobs.length === 1;
  switch (action) {
    case "job.retry":
      return {
        action,
        title: `Retry ${name}?`,
        effect: one
          ? "It goes back to waiting, keeps its id and its errors, and gets one more run."
          : `${plural(jobs.length, "job")} go back to waiting, keep their ids and errors, and get one more run each.`,
        consequence: afterwards(asking),
        wayBack: "What has run can't be taken back; what still waits can be cancelled.",
        act: "Retry",
        options: <RetryOptions {...asking} />,
      };
    case "job.cancel":
      return {
        ...cancelWords(jobs, name),
        action,
        act: one ? "Cancel job" : `Cancel ${name}`,
        tone: "danger",
      };
    case "job.remove":
      return {
        action,
        title: `Remove ${name}?`,
        effect: one ? "Its record is deleted." : "Their records are deleted.",
        consequence: one
          ? "Payload, errors and logs go with it. Jobs it started stay."
          : "Payloads, errors and logs go with them. Jobs they started stay.",
        wayBack: "This can't be undone.",
        act: one ? "Remove job" : `Remove ${name}`,
        tone: "danger",
      };
    case "job.promote":
      return {
        action,
        title: `Run ${name} now?`,
        effect: one ? "It stops being delayed and waits to run." : "They stop being delayed and wait to run.",
        consequence: afterwards(asking),
        wayBack: "What still waits can be cancelled; the delay is not put back.",
        act: "Run now",
      };
  }
}

function cancelWords(jobs: readonly ActionableJob[], name: string) {
  const running = jobs.filter((job) => job.state === "active").length;
  const one = jobs.length === 1;
  const stops =
    running === 0
      ? `${one ? "It" : "They"} will not run.`
      : `${one ? "The worker that runs it is" : `The workers that run ${running} of them are`} asked to stop; the answer says whether ${one ? "it" : "they"} did.`;
  return {
    title: `Cancel ${name}?`,
    effect: stops,
    consequence: `${one ? "It ends" : "They end"} failed with the error “Cancelled” and ${one ? "is" : "are"} not retried by ${one ? "itself" : "themselves"}, but ${one ? "counts" : "count"} among the failed jobs: who retries all of those retries ${one ? "it" : "them"} too.`,
    wayBack: "A cancelled job can be retried; work already done by a running one may stay half done.",
  };
}

/** What the queue makes of jobs that are put back. */
function afterwards({ summary, queue, jobs, action }: Asking): ReactNode {
  if (summary === undefined) return undefined;
  const they = jobs.length === 1 ? "it" : "they";
  if (summary.paused) return `${queue} is paused: ${they} will wait until somebody resumes it.`;
  if (summary.workers === 0) return `No worker is on ${queue}: ${they} will wait until one comes.`;
  const { waiting } = summary.counts;
  const failing = action === "job.retry" ? failingShare(summary) : 0;
  const words = [
    ...(failing >= muchFails
      ? [`${formatShare(failing)} of runs in ${queue} fail now: ${they} may fail again.`]
      : []),
    ...(waiting > 100
      ? [`${plural(waiting, "job")} wait in ${queue}; ${they} may have to wait behind them.`]
      : []),
  ];
  return words.length === 0 ? undefined : words.join(" ");
}

/** From this share on, a retry is likely to fail as the run before. */
const muchFails = 0.2;

/** Of the runs that ended lately; 0 where nothing ended or nobody knows. */
function failingShare({ rates }: QueueSummary): number {
  const failed = rates.failed_attempts_per_min ?? 0;
  const ended = failed + (rates.completed_per_min ?? 0);
  return ended === 0 ? 0 : failed / ended;
}

function RetryOptions({ jobs, onReset }: Asking) {
  const [reset, setReset] = useState(false);
  return (
    <div className="flex flex-col gap-2">
      <TaskNotes tasks={jobs.map((job) => job.task)} />
      <ResetField
        checked={reset}
        onChange={(checked) => {
          setReset(checked);
          onReset(checked);
        }}
      />
    </div>
  );
}
