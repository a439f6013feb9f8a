import type { Before } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { overviewQuery, queueQuery, queuesQuery } from "../../api/queries.ts";
import { useSince } from "./use-since.ts";

/** What was before a moment hardly changes: only old samples go. Ms. */
const pace = { staleTime: 60_000, refetchInterval: 60_000 };

/** What was before the chosen moment, of one queue or all together (null); null where none is chosen or not known yet. */
export function useBefore(queue: string | null): Before | null {
  const since = useSince();
  const asked = { since: since ?? "" };
  const all = useQuery({ ...overviewQuery(asked), ...pace, enabled: since !== null && queue === null });
  const one = useQuery({
    ...queueQuery(queue ?? "", asked),
    ...pace,
    enabled: since !== null && queue !== null,
  });
  return (queue === null ? all.data?.before : one.data?.before) ?? null;
}

const none: ReadonlyMap<string, Before> = new Map<string, Before>();

/** The same of every queue, by name; null where no moment is chosen. */
export function useQueuesBefore(): ReadonlyMap<string, Before> | null {
  const since = useSince();
  const { data } = useQuery({ ...queuesQuery({ since: since ?? "" }), ...pace, enabled: since !== null });
  if (since === null) return null;
  if (data === undefined) return none;
  return new Map(data.items.flatMap(({ name, before }) => (before === undefined ? [] : [[name, before]])));
}
