import type { Pieces } from "./in-pieces.ts";
import type { Making } from "./send-file.ts";

/** What stands at the end of a file. `stopped`: why that comes early, as a sentence; `rows`: how many are in it. */
export type Tail = (stopped: string | null, rows: number) => string;

/** A file of rows that are there already; what goes on record is how many of them were sent, and whether that was all. */
export function ofRows(kind: Pick<Making, "type" | "ending">, { texts, rows }: Pieces, tail: Tail): Making {
  return {
    ...kind,
    texts,
    end: (stopped) => ({
      tail: tail(stopped ?? null, rows()),
      affected: rows(),
      details: { complete: stopped === undefined },
    }),
  };
}

/** For a file that says something of itself only where it is not whole. */
export const whereCut =
  (note: (stopped: string) => string): Tail =>
  (stopped) =>
    stopped === null ? "" : note(stopped);
