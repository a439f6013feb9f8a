/** Where an entry stands: by `major`, then by `minor`, which is unique within a list. */
export interface Position {
  major: number;
  minor: number;
}

export interface Entry<T> extends Position {
  value: T;
}

const CHUNK = 512;

const precedes = (left: Position, right: Position): boolean =>
  left.major < right.major || (left.major === right.major && left.minor < right.minor);

/** First index of `entries` that does not precede `position`. */
function lowerBound(entries: readonly Position[], position: Position): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry && precedes(entry, position)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * An ordered list in chunks: insert and delete touch one chunk of at most 512, a page is found by adding up chunk
 * lengths, and a position stays valid however the list changes around it.
 */
export class SortedList<T> {
  readonly #chunks: Entry<T>[][] = [];
  /** The last entry of each chunk, to find the right one by bisection. */
  readonly #lasts: Entry<T>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  first(): T | undefined {
    return this.#chunks[0]?.[0]?.value;
  }

  insert(entry: Entry<T>): void {
    this.#size += 1;
    const index = Math.min(lowerBound(this.#lasts, entry), Math.max(0, this.#chunks.length - 1));
    const chunk = this.#chunks[index];
    if (!chunk) {
      this.#chunks.push([entry]);
      this.#lasts.push(entry);
      return;
    }
    chunk.splice(lowerBound(chunk, entry), 0, entry);
    if (chunk.length > CHUNK) this.#chunks.splice(index + 1, 0, chunk.splice(this.#splitAt(index, chunk)));
    this.#relast(index, chunk);
  }

  delete(entry: Entry<T>): boolean {
    const index = lowerBound(this.#lasts, entry);
    const chunk = this.#chunks[index];
    if (!chunk) return false;
    const place = lowerBound(chunk, entry);
    if (chunk[place] !== entry) return false;
    chunk.splice(place, 1);
    this.#size -= 1;
    if (chunk.length === 0) {
      this.#chunks.splice(index, 1);
      this.#lasts.splice(index, 1);
    } else this.#relast(index, chunk);
    return true;
  }

  /** How many entries stand before this position. */
  rank(position: Position): number {
    const index = lowerBound(this.#lasts, position);
    let count = 0;
    for (let each = 0; each < index; each += 1) count += this.#chunks[each]?.length ?? 0;
    const chunk = this.#chunks[index];
    return chunk ? count + lowerBound(chunk, position) : count;
  }

  /** `limit` entries from `offset`, counted from the front, or from the back if `descending`. */
  slice(offset: number, limit: number, descending = false): Entry<T>[] {
    const from = descending ? Math.max(0, this.#size - offset - limit) : offset;
    const to = descending ? this.#size - offset : offset + limit;
    const found = this.#between(from, Math.min(to, this.#size));
    return descending ? found.reverse() : found;
  }

  /** `limit` entries past `position` in this direction; from the beginning of it if null. */
  past(position: Position | null, limit: number, descending = false): Entry<T>[] {
    if (!position) return this.slice(0, limit, descending);
    if (descending) return this.slice(this.#size - this.rank(position), limit, true);
    return this.slice(this.rank({ major: position.major, minor: position.minor + 0.5 }), limit);
  }

  #between(from: number, to: number): Entry<T>[] {
    const found: Entry<T>[] = [];
    let start = 0;
    for (const chunk of this.#chunks) {
      if (start >= to) break;
      const end = start + chunk.length;
      if (end > from) {
        for (let each = Math.max(0, from - start); each < Math.min(chunk.length, to - start); each += 1) {
          const entry = chunk[each];
          if (entry) found.push(entry);
        }
      }
      start = end;
    }
    return found;
  }

  /** The last chunk, which grows at its end, is left nearly full; others are halved. */
  #splitAt(index: number, chunk: readonly Entry<T>[]): number {
    return index === this.#chunks.length - 1 ? chunk.length - 1 : chunk.length >> 1;
  }

  #relast(index: number, chunk: readonly Entry<T>[]): void {
    const last = chunk.at(-1);
    if (last) this.#lasts[index] = last;
    if (this.#lasts.length === this.#chunks.length) return;
    const added = this.#chunks[index + 1]?.at(-1);
    if (added) this.#lasts.splice(index + 1, 0, added);
  }
}
