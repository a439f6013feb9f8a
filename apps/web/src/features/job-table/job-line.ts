import type { JobSummary } from "@spillway/contract/schemas";
import { formatMs, utcStamp } from "../../lib/format.ts";
import { codeName } from "../notes/notes.ts";
import { attemptText } from "./cells.tsx";

/** Longer messages say no more in notes. */
const longest = 200;

/** A job in one line for notes: what, which run, since when in UTC, where, and what it failed of. */
export function jobLine(job: JobSummary): string {
  const { id, task, error, worker_id: worker, state } = job;
  return [
    `${codeName(id)} ${codeName(task)} ${state}${sinceWords(job)}`,
    `attempt ${attemptText(job).replace("/", "of")}`,
    ...(worker === null ? [] : [`on ${codeName(worker)}`]),
    ...(error === null ? [] : [codeName(errorText(error))]),
  ].join(" · ");
}

const errorText = ({ name, message }: NonNullable<JobSummary["error"]>): string =>
  `${name === null ? "" : `${name}: `}${message}`.slice(0, longest);

/** Since when it is so, or when it will be otherwise. */
function sinceWords(job: JobSummary): string {
  const { state, waiting_since, created_at, started_at, finished_at, run_at, run_ms } = job;
  const at = (word: string, time: string | null) => (time === null ? "" : `${word} ${utcStamp(time)}`);
  switch (state) {
    case "waiting":
      return at(" since", waiting_since ?? created_at);
    case "active":
      return at(" since", started_at);
    case "delayed":
      return at(" until", run_at);
    case "blocked":
      return at(", created", created_at);
    case "completed":
    case "failed":
      return `${at(" at", finished_at)}${run_ms === null ? "" : ` after ${formatMs(run_ms)}`}`;
  }
}
