import { useNavigate, useSearchParams } from "react-router";
import { searchOf } from "../../lib/paths.ts";
import type { FellBack } from "../../lib/url-state.ts";

/** The moment in a query that changes are shown since; null if none is chosen. Read by hand: the first screen needs no more. */
export function chosenIn(query: URLSearchParams): string | null {
  const at = Date.parse(query.get("since") ?? "");
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** The same of a loader's request. */
export const sinceOf = (request: Request): string | null => chosenIn(searchOf(request));

/** The moment that changes are shown since, as every address carries it. */
export function useSince(): string | null {
  const [query] = useSearchParams();
  return chosenIn(query);
}

/** What stands in the address for it and is no time. */
export function useSinceComplaint(): FellBack[] {
  const [query] = useSearchParams();
  const text = query.get("since") ?? "";
  return text !== "" && chosenIn(query) === null ? [{ field: "since", text }] : [];
}

/** The query of this address with another moment; null ends it. */
export function useSinceLink(): (since: string | null) => string {
  const [query] = useSearchParams();
  return (since) => {
    const next = new URLSearchParams(query);
    next.set("since", since ?? "");
    return `?${next}`;
  };
}

/** Shows changes since another moment, on this screen and those after it. */
export function useChooseSince(): (since: string | null) => void {
  const link = useSinceLink();
  const navigate = useNavigate();
  return (since) => void navigate(link(since), { preventScrollReset: true });
}
