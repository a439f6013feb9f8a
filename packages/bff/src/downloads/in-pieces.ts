import { nextTurn } from "@spillway/engine";

/** Rows that are turned into text at once. */
const PIECE = 500;

/** The text of many rows, piece by piece. */
export interface Pieces {
  texts: AsyncGenerator<string, void>;
  /** How many rows are in the pieces that were taken. */
  rows(): number;
}

/**
 * A long file that is made as it is taken: whoever stops taking holds up no more than a piece of it, and others have their turn
 * between two. `text`: of some of the rows; `from`: which of all is the first of them.
 */
export function inPieces<T>(rows: readonly T[], text: (some: readonly T[], from: number) => string): Pieces {
  let next = 0;
  async function* texts(): AsyncGenerator<string, void> {
    do {
      // Not in the turn in which the piece before was taken.
      await new Promise<void>((resolve) => void nextTurn(resolve));
      const from = next;
      const some = rows.slice(from, from + PIECE);
      next += some.length;
      yield text(some, from);
    } while (next < rows.length);
  }
  return { texts: texts(), rows: () => next };
}
