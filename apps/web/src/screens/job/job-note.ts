import type { JobDetail } from "@spillway/contract/schemas";
import { jobLine } from "../../features/job-table/job-line.ts";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { formatMs, plural, shortId, utcStamp } from "../../lib/format.ts";

const mostSteps = 12;

/** What happened to a job, with its times in UTC: what it is, why it failed and where, its steps. */
export function jobNote(job: JobDetail): Note {
  const { id, queue, task, state, error, attempts, wait_ms, parent } = job;
  const last = attempts.findLast((attempt) => attempt.error !== null)?.error;
  const frame = last?.frames.find(({ in_app }) => in_app);
  return {
    title: `${queue}: ${task} ${shortId(id, 40)} ${state}`,
    lines: [
      jobLine(job),
      ...(error === null ? [] : [`${thrownAt(frame)}error shape ${codeName(error.shape_id)}`]),
      ...(wait_ms === null ? [] : [`waited ${formatMs(wait_ms)}`]),
      ...(parent === null ? [] : [`child of ${codeName(`${parent.queue}/${parent.id}`)}`]),
      ...stepLines(job.timeline),
    ],
  };
}

/** How it came in and how it ended; of very many steps those between are left out. */
function stepLines(timeline: JobDetail["timeline"]): string[] {
  const left = timeline.length - mostSteps;
  if (left <= 0) return timeline.map(stepLine);
  const lines = [...timeline.slice(0, 1), ...timeline.slice(1 + left)].map(stepLine);
  return lines.toSpliced(1, 0, `${plural(left, "step")} left out`);
}

const stepLine = ({ at, event, worker_id: worker, detail }: JobDetail["timeline"][number]): string =>
  [
    utcStamp(at),
    event,
    ...(worker === null ? [] : [codeName(worker)]),
    ...(detail === null || detail === "" ? [] : [codeName(detail.slice(0, 160))]),
  ].join(" · ");

type Frame = NonNullable<JobDetail["attempts"][number]["error"]>["frames"][number];

const thrownAt = (frame: Frame | undefined): string =>
  frame === undefined ? "" : `thrown at ${codeName(frameText(frame))}, `;

const frameText = ({ function: name, file, line }: Frame): string =>
  `${name === null ? "" : `${name} `}${file}${line === null ? "" : `:${line}`}`;
