import { buildQuery } from "@spillway/contract/paths";
import type { JobDetail } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StackTrace } from "../../ui/stack-trace.tsx";
import { failureBefore, wasCancelled } from "./cancelled.ts";

/** Why it failed last: our own frames first. Of a job that was cancelled first what it failed of by itself. */
export function JobError({ job }: { job: JobDetail }) {
  const { error, queue } = job;
  if (error === null) return null;
  const before = wasCancelled(job) ? failureBefore(job) : null;
  const last = before ?? job.attempts.findLast((attempt) => attempt.error !== null)?.error ?? null;
  const shown = before ?? error;
  const same = `${paths.jobs(queue)}${buildQuery({ state: "failed", error_shape: error.shape_id })}`;
  return (
    <Panel
      title={
        before !== null ? "Error before it was cancelled" : job.state === "failed" ? "Error" : "Last error"
      }
      tone={job.state === "failed" ? "danger" : "plain"}
      actions={
        <>
          <Link to={same} className="text-xs text-accent hover:underline">
            {before === null ? "Failed in the same way" : "Cancelled too"}
          </Link>
          <CopyButton
            iconOnly
            size="small"
            label="Copy the error"
            text={() => last?.stack ?? `${shown.name ?? "Error"}: ${shown.message}`}
          />
        </>
      }
    >
      <ErrorWords {...shown} />
      <StackTrace frames={last?.frames ?? []} raw={last?.stack ?? null} />
      {before === null ? null : (
        <div className="mt-3 border-t border-line pt-3 text-sm text-dim">
          <p className="mb-1">It ended, for it was cancelled:</p>
          <ErrorWords {...error} />
        </div>
      )}
    </Panel>
  );
}

const ErrorWords = ({ name, message }: { name: string | null; message: string }) => (
  <p className="mb-3 text-base [overflow-wrap:anywhere] last:mb-0">
    {name === null ? null : <strong className="font-semibold text-failed">{name}: </strong>}
    {message === "" ? <span className="text-faint">without a message</span> : message}
  </p>
);
