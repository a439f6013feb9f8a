import type { SelectionFilter } from "@spillway/contract/schemas";
import type { Redactor } from "../../redaction/index.ts";
import type { Freezing } from "./freezing.ts";

/** Which jobs an order means, for people: a secret that somebody searched for is not written down. */
export function selectionOf(freezing: Freezing, redactor: Redactor) {
  const { filter } = freezing.options;
  return { text: wordsOf(freezing, redactor), filter: redactor.deep(filter) };
}

/** Which jobs a selection means, in words: `Failed jobs of a task like “invoice”, since 2026-…`. */
export function wordsOf({ options, groups, jobs }: Freezing, redactor: Redactor): string {
  const filter = redactor.deep(options.filter);
  if (filter === null) return `${jobs.size} ${jobs.size === 1 ? "job" : "jobs"} chosen one by one`;
  const title = filter.error_shape === undefined ? null : (groups.commonest(1)[0]?.title ?? null);
  return wordsOfFilter(filter, title);
}

function wordsOfFilter(filter: SelectionFilter, shapeTitle: string | null): string {
  const { state, job_id, task, q, error_shape, worker, worker_version, from, to } = filter;
  const finished = state === "completed" || state === "failed" ? state : "created";
  const parts = [
    task === undefined ? null : `of a task like “${task}”`,
    error_shape === undefined ? null : `with the error “${shapeTitle ?? error_shape}”`,
    job_id === undefined ? null : `with “${job_id}” in the id`,
    q === undefined ? null : `with “${q}” in the payload`,
    worker === undefined ? null : `of a worker like “${worker}”`,
    worker_version === undefined ? null : `run by version ${worker_version}`,
    from === undefined ? null : `${finished} at or after ${from}`,
    to === undefined ? null : `${finished} at or before ${to}`,
  ].filter((part) => part !== null);
  const all = `${state.charAt(0).toUpperCase()}${state.slice(1)} jobs`;
  return parts.length === 0 ? `All ${all.toLowerCase()}` : `${all} ${parts.join(", ")}`;
}
