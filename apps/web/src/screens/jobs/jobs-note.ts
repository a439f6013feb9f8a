import { activeFilters, filterWords } from "../../features/job-filter/job-filter.ts";
import { jobLine } from "../../features/job-table/job-line.ts";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { formatCount, plural, utcStamp } from "../../lib/format.ts";
import { stateWord } from "../../ui/state-badge.tsx";
import type { JobsSearch } from "./jobs-search.ts";
import { scanWords } from "./list-status.tsx";
import type { JobListState } from "./use-job-list.ts";

const most = 10;

/** The list as it is shown: what was asked, how many there are, the first of them. */
export function jobsNote(queue: string, search: JobsSearch, list: JobListState): Note {
  const { jobs, page, scanning, as_of } = list;
  const filters = activeFilters(search).map(({ name, text }) => codeName(filterWords[name](text)));
  const kind = search.state === null ? "Jobs" : `Jobs ${stateWord(search.state)}`;
  const scan = scanning?.scan;
  const count =
    page === null
      ? scan === undefined
        ? []
        : [scanWords(scan, filters.length > 0)]
      : [`${plural(page.total, "job")} in all`];
  return {
    title: `${kind} in ${queue}`,
    lines: [
      ...(filters.length === 0 ? [] : [`Filter: ${filters.join(", ")}`]),
      ...count,
      ...(as_of === null ? [] : [`Read at ${utcStamp(as_of)}`]),
      ...jobs.slice(0, most).map(jobLine),
      ...(jobs.length > most ? [`and ${formatCount(jobs.length - most)} more shown`] : []),
    ],
  };
}
