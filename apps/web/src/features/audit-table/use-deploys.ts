import type { Marker } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { markersQuery } from "../../api/queries.ts";
import { type AuditSearch, deploysQuery } from "./audit-search.ts";

/** The deploys that may stand between the records of a search. */
export function useDeploys(search: AuditSearch): readonly Marker[] {
  const query = deploysQuery(search);
  const { data } = useQuery({ ...(query ?? markersQuery({ kind: "deploy" })), enabled: query !== null });
  return query === null ? [] : (data?.items ?? []);
}
