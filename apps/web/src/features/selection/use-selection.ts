import { useMemo, useRef, useState } from "react";
import type { Selection } from "../../ui/table.tsx";
import { rangeBetween } from "./range.ts";

export interface Selected<Row> {
  /** As they were when they were selected: what a person decided upon. */
  rows: readonly Row[];
  /** How many of them are not in the list shown now. */
  elsewhere: number;
  /** For {@link Table}. */
  table: Selection;
  clear(): void;
}

type Picks<Row> = ReadonlyMap<string, Row>;

/**
 * Rows picked by hand: one by one, a range with shift, all that are shown. They stay picked when the list turns to
 * another page, and are forgotten when `scope` (the filters) changes.
 */
export function useSelection<Row>(
  shown: readonly Row[],
  rowId: (row: Row) => string,
  scope: string,
): Selected<Row> {
  const [state, setState] = useState<{ scope: string; picks: Picks<Row> }>({ scope, picks: new Map() });
  const anchor = useRef<string | null>(null);
  const picks = state.scope === scope ? state.picks : noPicks;
  return useMemo(() => {
    const set = (next: Picks<Row>) => setState({ scope, picks: next });
    const ids = shown.map(rowId);
    const here = ids.filter((id) => picks.has(id)).length;
    const change = (rows: readonly Row[], add: boolean) => {
      const next = new Map(picks);
      for (const row of rows) {
        if (add) next.set(rowId(row), row);
        else next.delete(rowId(row));
      }
      set(next);
    };
    return {
      rows: [...picks.values()],
      elsewhere: picks.size - here,
      clear: () => set(new Map()),
      table: {
        has: (id) => picks.has(id),
        toggle(id, range) {
          const [from, to] = rangeBetween(ids, range ? (anchor.current ?? id) : id, id);
          anchor.current = id;
          change(shown.slice(from, to + 1), !picks.has(id));
        },
        toggleAll: () => change(shown, here < shown.length),
        all: here === 0 ? false : here === shown.length ? true : "some",
      },
    };
  }, [shown, rowId, scope, picks]);
}

const noPicks: ReadonlyMap<string, never> = new Map<string, never>();
