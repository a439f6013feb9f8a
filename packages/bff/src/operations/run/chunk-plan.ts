/** Jobs that are acted on in one call, by their positions in the selection. */
export interface Chunk {
  /** Apart for each chunk of an operation; part of the receipt. */
  number: number;
  positions: Uint32Array;
}

interface Part {
  firstChunk: number;
  positions: Uint32Array;
}

/**
 * Which jobs go in which call: made from the selection and the order alone, so that after a restart a number means the
 * same jobs as before. A bulk operation has one part, a redrive one for each phase.
 */
export class ChunkPlan {
  readonly #size: number;
  readonly #parts: readonly Part[];

  /** `size`: jobs per chunk at most. `parts`: the positions of each, in the order in which they are acted on. */
  constructor(size: number, parts: readonly Uint32Array[]) {
    this.#size = size;
    let firstChunk = 0;
    this.#parts = parts.map((positions) => {
      const part = { firstChunk, positions };
      firstChunk += Math.ceil(positions.length / size);
      return part;
    });
  }

  /** The positions of a part. */
  positions(part: number): Uint32Array {
    return this.#parts[part]?.positions ?? new Uint32Array(0);
  }

  /** The chunks of a part, in order. */
  *of(part: number): Generator<Chunk> {
    const { firstChunk, positions } = this.#parts[part] ?? { firstChunk: 0, positions: new Uint32Array(0) };
    for (let from = 0, number = firstChunk; from < positions.length; from += this.#size, number++)
      yield { number, positions: positions.subarray(from, from + this.#size) };
  }

  /** A chunk by its number; none has no positions. */
  chunk(number: number): Chunk {
    const part = this.#parts.findLast(
      ({ firstChunk, positions }) => firstChunk <= number && positions.length > 0,
    );
    const from = part === undefined ? 0 : (number - part.firstChunk) * this.#size;
    return { number, positions: part?.positions.subarray(from, from + this.#size) ?? new Uint32Array(0) };
  }
}

/** All positions of a selection, in its order. */
export function allPositions(size: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, position) => position);
}
