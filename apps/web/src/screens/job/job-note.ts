import type { JobDetail } from "@spillway/contract/schemas";
import { jobLine } from "../../features/job-table/job-line.ts";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { formatMs, shortId, utcStamp } from "../../lib/format.ts";

const mostSteps = 12;

/** What happened to a job, with its times in UTC: what it is, why it failed and where, its steps. */
export function jobNote(job: JobDetail): Note {
  const { id, queue, task, state, error, attempts, wait_ms, parent } = job;
  const last = attempts.findLast((attempt) => attempt.error !== null)?.error;
  const frame = last?.frames.find(({ in_app }) => in_app);
  const steps = job.timeline.slice(-mostSteps);
  return {
    title: `${queue}: ${task} ${shortId(id, 40)} ${state}`,
    lines: [
      jobLine(job),
      ...(error === null ? [] : [`${thrownAt(frame)}error shape ${codeName(error.shape_id)}`]),
      ...(wait_ms === null ? [] : [`waited ${formatMs(wait_ms)}`]),
      ...(parent === null ? [] : [`child of ${codeName(`${parent.queue}/${parent.id}`)}`]),
      ...(job.timeline.length > steps.length ? ["earlier steps left out"] : []),
      ...steps.map(({ at, event, worker_id: worker, detail }) =>
        [
          utcStamp(at),
          event,
          ...(worker === null ? [] : [codeName(worker)]),
          ...(detail === null || detail === "" ? [] : [codeName(detail.slice(0, 160))]),
        ].join(" · "),
      ),
    ],
  };
}

type Frame = NonNullable<JobDetail["attempts"][number]["error"]>["frames"][number];

const thrownAt = (frame: Frame | undefined): string =>
  frame === undefined ? "" : `thrown at ${codeName(frameText(frame))}, `;

const frameText = ({ function: name, file, line }: Frame): string =>
  `${name === null ? "" : `${name} `}${file}${line === null ? "" : `:${line}`}`;
