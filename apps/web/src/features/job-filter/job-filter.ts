import type { SelectionFilter } from "@spillway/contract/schemas";
import { shownStamp } from "../../lib/format.ts";

/** What jobs of a state may be narrowed by, in the order it is told. */
export const filterNames = [
  "task",
  "job_id",
  "q",
  "error_shape",
  "worker",
  "worker_version",
  "from",
  "to",
] as const;
export type FilterName = (typeof filterNames)[number];

/** A filter that is set, literally, as a person reads it. */
export const filterWords: Record<FilterName, (text: string) => string> = {
  task: (text) => `task contains “${text}”`,
  job_id: (text) => `id contains “${text}”`,
  q: (text) => `payload contains “${text}”`,
  error_shape: (text) => `same error shape (${text.slice(0, 10)})`,
  worker: (text) => `worker “${text}”`,
  worker_version: (text) => `run by version ${text}`,
  from: (text) => `since ${shownStamp(text)}`,
  to: (text) => `until ${shownStamp(text)}`,
};

type Filters = Partial<Record<FilterName, string | null | undefined>>;

/** The filters that are set, the state aside. */
export const activeFilters = (filters: Filters): { name: FilterName; text: string }[] =>
  filterNames.flatMap((name) => {
    const text = filters[name];
    return text === null || text === undefined || text === "" ? [] : [{ name, text }];
  });

/** As a selection takes it: what is not set is left out. */
export function selectionFilterOf(state: SelectionFilter["state"], filters: Filters): SelectionFilter {
  const filter: SelectionFilter = { state };
  for (const { name, text } of activeFilters(filters)) filter[name] = text;
  return filter;
}
