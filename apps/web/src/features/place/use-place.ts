import { useCallback, useEffect, useRef } from "react";
import { useLocation, useSearchParams } from "react-router";
import { type Place, readPlace } from "../../lib/paths.ts";
import type { FellBack, Fields, UrlState, UrlValue } from "../../lib/url-state.ts";

/** The names in the address: queue, job, audit record, operation. */
export const usePlace = (): Place => readPlace(useLocation().pathname);

interface UsedUrlState<F extends Fields> {
  value: UrlValue<F>;
  /** What in the address could not be used; show it with `FellBackNote`. */
  fellBack: FellBack[];
  /** Goes to the same screen with other parameters. */
  change: (next: Partial<UrlValue<F>>, options?: { replace?: boolean }) => void;
  /** The query of a link to the same screen with other parameters. The same function while the address is the same. */
  link: (next: Partial<UrlValue<F>>) => string;
}

/** The search parameters of a screen, read from the address and written to it, never copied. */
export function useUrlState<F extends Fields>(state: UrlState<F>): UsedUrlState<F> {
  const [search, setSearch] = useSearchParams();
  const { value, fellBack } = state.parse(search);
  // A filter picked while the one before is still loading adds to it.
  const asked = useRef<UrlValue<F> | null>(null);
  useEffect(() => {
    asked.current = null;
  }, [search]);
  const link = useCallback(
    (next: Partial<UrlValue<F>>) => state.print({ ...state.parse(search).value, ...next }),
    [state, search],
  );
  return {
    value,
    fellBack,
    link,
    change: (next, { replace = false } = {}) => {
      const wanted = { ...(asked.current ?? value), ...next };
      asked.current = wanted;
      setSearch(state.print(wanted).slice(1), { replace, preventScrollReset: true });
    },
  };
}
