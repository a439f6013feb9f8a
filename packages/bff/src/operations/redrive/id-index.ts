import { fingerprint } from "../../jobs/search/cursor.ts";

/**
 * Finds the position of a job by its id without keeping ids: 64 bits of each, 24 bytes a job, where a Map of a million
 * strings would take five times that. Two ids that agree in all 64 bits are taken for one.
 */
export class IdIndex {
  readonly #mask: number;
  readonly #first: Uint32Array;
  readonly #second: Uint32Array;
  /** Position + 1; 0 is an empty slot. */
  readonly #positions: Uint32Array;

  /** Room for so many ids. */
  constructor(capacity: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2, capacity * 2)));
    this.#mask = slots - 1;
    this.#first = new Uint32Array(slots);
    this.#second = new Uint32Array(slots);
    this.#positions = new Uint32Array(slots);
  }

  set(id: string, position: number): void {
    const first = fingerprint(id);
    const second = otherFingerprint(id);
    const slot = this.#slotOf(first, second);
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#positions[slot] = position + 1;
  }

  /** -1 for an id that was not set. */
  get(id: string): number {
    return (this.#positions[this.#slotOf(fingerprint(id), otherFingerprint(id))] ?? 0) - 1;
  }

  /** Where it stands, or the empty slot where it would. */
  #slotOf(first: number, second: number): number {
    let slot = first & this.#mask;
    while (this.#positions[slot] !== 0 && (this.#first[slot] !== first || this.#second[slot] !== second))
      slot = (slot + 1) & this.#mask;
    return slot;
  }
}

/** 32 further bits, from the text read backwards. */
function otherFingerprint(text: string): number {
  let hash = 0x9747b28c;
  for (let i = text.length - 1; i >= 0; i--)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x5bd1e995) ^ (hash >>> 13);
  return hash >>> 0;
}
