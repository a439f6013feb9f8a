import type { Query } from "@spillway/contract/schemas";
import { auditQuery } from "../../api/queries.ts";
import {
  countField,
  flagField,
  maybeField,
  textField,
  timeField,
  type UrlValue,
} from "../../lib/url-state.ts";

export const statuses = ["pending", "success", "failed", "unknown"] as const;

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
