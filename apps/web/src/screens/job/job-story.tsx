import type { JobDetail } from "@spillway/contract/schemas";
import { CopyButton } from "../../ui/copy-button.tsx";
import { JsonView } from "../../ui/json-view.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Attempts } from "./attempts.tsx";
import { Facts } from "./facts.tsx";
import { JobAudit } from "./job-audit.tsx";
import { JobError } from "./job-error.tsx";
import { Logs } from "./logs.tsx";
import { LongText, Payload } from "./payload.tsx";
import { TimelineStrip } from "./timeline-strip.tsx";

/** What happened to one job, in the order one asks. */
export function JobStory({ job }: { job: JobDetail }) {
  return (
    <>
      <Panel>
        <TimelineStrip job={job} />
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="flex min-w-0 flex-col gap-4">
          <JobError job={job} />
          <Payload key={`${job.queue}/${job.id}`} job={job} />
          {job.result === null ? null : (
            <Panel
              title="Result"
              actions={<CopyButton iconOnly size="small" label="Copy the result" text={job.result} />}
            >
              <LongText text={job.result} label="Result, indented" />
            </Panel>
          )}
          <Attempts job={job} />
          <Logs job={job} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Facts job={job} />
          <JobAudit queue={job.queue} jobId={job.id} />
          <Panel title="Options">
            <JsonView text={job.options} label="Options, indented" />
          </Panel>
        </div>
      </div>
    </>
  );
}
