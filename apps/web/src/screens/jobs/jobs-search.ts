import type { JobState, Query } from "@spillway/contract/schemas";
import { byPattern } from "../../features/breakdown/breakdown-keys.ts";
import { activeFilters } from "../../features/job-filter/job-filter.ts";
import {
  choiceField,
  countField,
  maybeField,
  patternField,
  textField,
  timeField,
  type UrlValue,
  urlState,
} from "../../lib/url-state.ts";

export const states = ["waiting", "active", "delayed", "blocked", "completed", "failed"] as const;

const fields = {
  state: maybeField<JobState>(states),
  task: textField(),
  job_id: textField(),
  q: textField(),
  error_shape: textField(64),
  worker: textField(),
  worker_version: textField(),
  from: timeField(),
  to: timeField(),
  sort: choiceField(["newest", "oldest"], "newest"),
  page: countField(1),
  size: countField(50, 200),
  /** What the jobs are broken down by above the list; empty while they are not. */
  by: patternField(byPattern, ""),
  /** The group whose samples are shown there. */
  open: textField(310),
};
export const jobsSearch = urlState(fields);
export type JobsSearch = UrlValue<typeof fields>;

/** Every filter as it is where it is not set. */
export const unfiltered = {
  task: "",
  job_id: "",
  q: "",
  error_shape: "",
  worker: "",
  worker_version: "",
  from: null,
  to: null,
} satisfies Partial<JobsSearch>;

/** What takes all filters away. */
export const noFilters: Partial<JobsSearch> = { ...unfiltered, page: 1 };

/** Where an engine can't count what matches, the answer is a scan: no pages, a cursor. */
export const isScan = (search: JobsSearch): boolean =>
  search.state === null || activeFilters(search).length > 0;

/** Why the jobs can't be broken down as they are narrowed now, in a sentence; null if they can. */
export function unbreakable(search: JobsSearch): string | null {
  if (search.state === null) return "Choose a state: its jobs are broken down.";
  const others = activeFilters(search).filter(({ name }) => name !== "error_shape");
  return others.length === 0
    ? null
    : "All jobs of a state or an error are broken down; take the filters away.";
}

/** What is asked of the server, without the page or cursor. */
export function askedOf(search: JobsSearch): Omit<Query<"listJobs">, "page" | "cursor"> {
  const { state, sort, size } = search;
  const asked: Query<"listJobs"> = { size };
  if (state !== null) asked.state = state;
  if (sort !== "newest") asked.sort = sort;
  for (const { name, text } of activeFilters(search)) asked[name] = text;
  return asked;
}

/** The filters and nothing that turns pages: a selection belongs to it. */
export const scopeOf = (queue: string, search: JobsSearch): string =>
  JSON.stringify([queue, { ...askedOf(search), size: 0 }]);
