import type { Query } from "@spillway/contract/schemas";
import { auditQuery, markersQuery } from "../../api/queries.ts";
import {
  countField,
  flagField,
  maybeField,
  textField,
  timeField,
  type UrlValue,
} from "../../lib/url-state.ts";

export const statuses = ["pending", "success", "failed", "unknown", "noticed"] as const;

/** The search parameters of both audit screens; their names are the API's. */
export const auditFields = {
  action: textField(),
  status: maybeField(statuses),
  queue: textField(1000),
  actor: textField(),
  incident: textField(100),
  q: textField(),
  job_id: textField(1000),
  operation_id: textField(100),
  from: timeField(),
  to: timeField(),
  destructive: flagField(),
  before: countField(0),
};
export type AuditSearch = UrlValue<typeof auditFields>;

export const pageSize = 100;

/** The filter as the API takes it: what is not asked for is left out. */
export function filterOf(search: AuditSearch): Omit<Partial<Query<"exportAudit">>, "format"> {
  const given = Object.entries(search).filter(
    ([name, value]) => name !== "before" && value !== null && value !== "" && value !== false,
  );
  return Object.fromEntries(given.map(([name, value]) => [name, value === true ? "true" : value]));
}

export const isFiltered = (search: AuditSearch): boolean => Object.keys(filterOf(search)).length > 0;

/** The options the loader and the view share. */
export const auditPageQuery = (search: AuditSearch) =>
  auditQuery({
    ...filterOf(search),
    limit: pageSize,
    ...(search.before === 0 ? {} : { before: search.before }),
  });

/** Only a place and a time narrow the search: then the deploys between are shown too, and are no noise. */
const isWide = (search: AuditSearch): boolean =>
  Object.keys(filterOf(search)).every((name) => name === "queue" || name === "from" || name === "to");

/** The deploys that may stand between the records; null where the search asks for something else. */
export function deploysQuery(search: AuditSearch) {
  if (!isWide(search)) return null;
  const { queue, from, to } = filterOf(search);
  return markersQuery({
    kind: "deploy",
    ...(queue && { queue }),
    ...(from && { from }),
    ...(to && { to }),
  });
}

/** Whether the story of one incident is asked for, and nothing but it. */
export const isStory = (search: AuditSearch): boolean => Object.keys(filterOf(search)).join() === "incident";

/** The options of a story: all that is held of it. */
export const storyQueries = (incident: string) => ({
  records: auditQuery({ incident, limit: 500 }),
  markers: markersQuery({ incident }),
});

/** No filter at all, for "clear" and for links that begin anew. */
export const noFilter: AuditSearch = {
  action: "",
  status: null,
  queue: "",
  actor: "",
  incident: "",
  q: "",
  job_id: "",
  operation_id: "",
  from: null,
  to: null,
  destructive: false,
  before: 0,
};
