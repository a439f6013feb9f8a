import { nextTurn } from "@spillway/engine";

/** Rows that are turned into text at once. */
const PIECE = 500;

/**
 * A long file that is made as it is read: whoever stops reading holds up no more than a piece of it, and others have their turn
 * between two. `text`: of some of the rows; `from`: which of all is the first of them.
 */
export function inPieces<T>(
  rows: readonly T[],
  text: (some: readonly T[], from: number) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Not in the turn in which the piece before was taken.
        await new Promise<void>((resolve) => void nextTurn(resolve));
        controller.enqueue(encoder.encode(text(rows.slice(next, next + PIECE), next)));
        next += PIECE;
        if (next >= rows.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
