import { buildQuery } from "@spillway/contract/paths";
import type { JobDetail } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StackTrace } from "../../ui/stack-trace.tsx";

/** Why it failed last: our own frames first. */
export function JobError({ job }: { job: JobDetail }) {
  const { error, queue } = job;
  if (error === null) return null;
  const last = job.attempts.findLast((attempt) => attempt.error !== null)?.error ?? null;
  const same = `${paths.jobs(queue)}${buildQuery({ state: "failed", error_shape: error.shape_id })}`;
  return (
    <Panel
      title={job.state === "failed" ? "Error" : "Last error"}
      tone={job.state === "failed" ? "danger" : "plain"}
      actions={
        <>
          <Link to={same} className="text-xs text-accent hover:underline">
            Failed in the same way
          </Link>
          <CopyButton
            iconOnly
            size="small"
            label="Copy the error"
            text={() => last?.stack ?? `${error.name ?? "Error"}: ${error.message}`}
          />
        </>
      }
    >
      <p className="mb-3 text-base [overflow-wrap:anywhere]">
        {error.name === null ? null : <strong className="font-semibold text-failed">{error.name}: </strong>}
        {error.message === "" ? <span className="text-faint">without a message</span> : error.message}
      </p>
      <StackTrace frames={last?.frames ?? []} raw={last?.stack ?? null} />
    </Panel>
  );
}
