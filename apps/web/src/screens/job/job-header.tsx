import type { JobDetail, Problem } from "@spillway/contract/schemas";
import { Ellipsis } from "lucide-react";
import { Link } from "react-router";
import { ApiError } from "../../api/api-error.ts";
import { type JobAction, jobActions } from "../../features/job-actions/job-action.ts";
import { useJobActions } from "../../features/job-actions/use-job-actions.ts";
import { attemptText, JobFlags } from "../../features/job-table/cells.tsx";
import { copyEntry } from "../../features/notes/copy-menu.tsx";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { lastingAddress } from "../../features/notes/lasting-address.ts";
import { shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Button } from "../../ui/button.tsx";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { wasCancelled } from "./cancelled.ts";
import { actionAsCurl, jobAsCurl } from "./curl.ts";
import { jobNote } from "./job-note.ts";

interface JobHeaderProps {
  job: JobDetail;
  onConflict: (current: Problem["current"] | null) => void;
}

export function JobHeader({ job, onConflict }: JobHeaderProps) {
  return (
    <PageHeader
      crumbs={
        <>
          <Link to={paths.queues()}>Queues</Link> / <Link to={paths.queue(job.queue)}>{job.queue}</Link> /{" "}
          <Link to={paths.jobs(job.queue)}>Jobs</Link>
        </>
      }
      title={<span className="font-mono text-lg">{shortId(job.id, 40)}</span>}
      note={
        <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
          <StateBadge state={job.state} />
          <span className="font-medium text-text">{job.task}</span>
          <span>
            {job.attempts_made === 0 && job.state !== "active"
              ? "not run yet"
              : `attempt ${attemptText(job).replace("/", "of")}`}
          </span>
          <JobFlags flags={job.flags} />
        </span>
      }
      actions={<JobButtons job={job} onConflict={onConflict} />}
    />
  );
}

function JobButtons({ job, onConflict }: JobHeaderProps) {
  const { offer, act } = useJobActions(job.queue);
  const run = async (action: JobAction, ask: "always" | "needed") => {
    onConflict(null);
    const [result] = (await act(action, [job], ask)) ?? [];
    if (result?.error instanceof ApiError && result.error.code === "conflict") {
      onConflict(result.error.problem.current ?? null);
    }
  };
  const why = (action: JobAction) => offer(action, [job]).off;
  // Somebody ended it with intent: who puts it back is asked first, and not invited to.
  const cancelled = wasCancelled(job);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        tone={job.state === "failed" && !cancelled ? "primary" : "default"}
        disabledReason={why("job.retry")}
        onClick={() => run("job.retry", cancelled ? "always" : "needed")}
      >
        {cancelled ? "Retry…" : "Retry"}
      </Button>
      {job.state === "delayed" ? (
        <Button
          tone="primary"
          disabledReason={why("job.promote")}
          onClick={() => run("job.promote", "needed")}
        >
          Run now
        </Button>
      ) : null}
      <Button disabledReason={why("job.cancel")} onClick={() => run("job.cancel", "always")}>
        Cancel…
      </Button>
      <Button disabledReason={why("job.remove")} onClick={() => run("job.remove", "always")}>
        Remove…
      </Button>
      <CopyNoteButton size="normal" note={() => jobNote(job)} />
      <Menu
        label="More for this job"
        trigger={<Ellipsis size={16} aria-hidden />}
        entries={[
          ...(cancelled
            ? []
            : [
                {
                  key: "retry",
                  text: "Retry with a reason…",
                  disabledReason: why("job.retry"),
                  onPick: () => void run("job.retry", "always"),
                },
              ]),
          ...copies(job, (action) => why(action) === null),
        ]}
      />
    </div>
  );
}

function copies(job: JobDetail, can: (action: JobAction) => boolean): MenuEntry[] {
  const possible = (Object.keys(jobActions) as JobAction[]).filter(
    (action) => action === (job.state === "failed" ? "job.retry" : "job.cancel"),
  );
  return [
    copyEntry("Copy id", "the id", () => job.id),
    copyEntry("Copy link", "the link", lastingAddress),
    copyEntry("Copy as curl: read it", "the command", () => jobAsCurl(job)),
    ...possible
      .filter((action) => job.state !== "completed" && can(action))
      .map((action) =>
        copyEntry(`Copy as curl: ${jobActions[action].verb.toLowerCase()} it`, "the command", () =>
          actionAsCurl(job, action),
        ),
      ),
  ];
}
