import type { JobActionName, Selection, SelectionInput } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api/client.ts";
import { healEvery } from "../../api/heal.ts";
import { selectionQuery } from "../../api/queries.ts";
import { useClock } from "../../ui/use-now.ts";

/** How soon a count that goes on is asked for again, ms. */
const pace = 600;

export interface Preview {
  /** As far as it is counted; undefined before the first answer. */
  selection: Selection | undefined;
  error: Error | null;
  /** The jobs are no longer kept for this count; it has to be counted anew. */
  expired: boolean;
  again: () => void;
}

/**
 * Counts the jobs an action would touch and freezes them under a token; a long count goes on while it is asked for.
 * Once counted it stays as it is, whatever the stream brings: it is what a person decides upon.
 */
export function usePreview(queue: string, action: JobActionName, wanted: SelectionInput): Preview {
  const body = { action, selection: wanted };
  const frozen = useQuery({
    queryKey: ["previewSelection", { queue }, body],
    queryFn: ({ signal }) => ask("previewSelection", { queue }, body, signal),
    staleTime: "static",
    gcTime: 0,
    retry: false,
  });
  const token = frozen.data?.selection_token;
  const counted = useQuery({
    ...selectionQuery(token ?? ""),
    enabled: token !== undefined && frozen.data?.complete === false,
    refetchInterval: ({ state }) => (state.data?.complete === true ? false : healEvery(state.error) || pace),
  });
  const selection = counted.data?.selection_token === token ? (counted.data ?? frozen.data) : frozen.data;
  const until = selection === undefined ? Number.POSITIVE_INFINITY : Date.parse(selection.expires_at);
  const expired = useClock((now) => now > until);
  return {
    selection,
    error: frozen.error ?? counted.error,
    expired,
    again: () => void frozen.refetch(),
  };
}
