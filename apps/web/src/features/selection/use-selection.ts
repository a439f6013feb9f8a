import { useMemo, useRef, useState } from "react";
import type { Selection } from "../../ui/table.tsx";
import { rangeBetween } from "./range.ts";

export interface Selected<Row> {
  /** As they were when they were selected: what a person decided upon. */
  rows: readonly Row[];
  /** How many of them are not in the list shown now. */
  elsewhere: number;
  /** All that match were chosen, whether they are shown or not; `rows` is then of no meaning. */
  everything: boolean;
  /** For {@link Table}. */
  table: Selection;
  chooseEverything(): void;
  clear(): void;
}

type Picks<Row> = ReadonlyMap<string, Row>;

interface Picked<Row> {
  scope: string;
  picks: Picks<Row>;
  everything: boolean;
}

/**
 * Rows picked by hand: one by one, a range with shift, all that are shown, or all that match. They stay picked when the
 * list turns to another page, and are forgotten when `scope` (the filters) changes.
 */
export function useSelection<Row>(
  shown: readonly Row[],
  rowId: (row: Row) => string,
  scope: string,
): Selected<Row> {
  const [state, setState] = useState<Picked<Row>>({ scope, picks: new Map(), everything: false });
  const anchor = useRef<string | null>(null);
  const picks = state.scope === scope ? state.picks : noPicks;
  const everything = state.scope === scope && state.everything;
  return useMemo(() => {
    const set = (next: Picks<Row>, all = false) => setState({ scope, picks: next, everything: all });
    const ids = shown.map(rowId);
    const here = ids.filter((id) => picks.has(id)).length;
    const change = (rows: readonly Row[], add: boolean) => {
      // One taken out of everything leaves those in sight, which a person can see to be right.
      const next = new Map(everything ? shown.map((row) => [rowId(row), row]) : picks);
      for (const row of rows) {
        if (add) next.set(rowId(row), row);
        else next.delete(rowId(row));
      }
      set(next);
    };
    return {
      rows: [...picks.values()],
      elsewhere: picks.size - here,
      everything,
      chooseEverything: () => set(picks, true),
      clear: () => set(new Map()),
      table: {
        has: (id) => everything || picks.has(id),
        toggle(id, range) {
          const [from, to] = rangeBetween(ids, range ? (anchor.current ?? id) : id, id);
          anchor.current = id;
          change(shown.slice(from, to + 1), !everything && !picks.has(id));
        },
        toggleAll: () => change(shown, !everything && here < shown.length),
        all: everything || (here === shown.length && here > 0) ? true : here === 0 ? false : "some",
      },
    };
  }, [shown, rowId, scope, picks, everything]);
}

const noPicks: ReadonlyMap<string, never> = new Map<string, never>();
