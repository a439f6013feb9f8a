import type { ChainCheck } from "./chain.ts";
import { type ChainEntry, GENESIS, hashOf } from "./entry.ts";

/** What stays of an entry whose record was evicted: enough to prove that its neighbours belong together. */
interface Stub {
  hash: string;
}
type Slot = ChainEntry | Stub;

/**
 * The entries held in memory, without a hole: where a record was evicted, the hash of its entries stays until nothing
 * older is held, so that the chain can still be checked from the oldest entry to the newest.
 */
export class Ledger {
  #slots: Slot[] = [];
  /** The number of the first slot, and the hash before it. */
  #first = 1;
  #before = GENESIS;
  /** Where entries of an earlier process did not follow each other. */
  #hole: number | null = null;

  add(entry: ChainEntry): void {
    if (this.#slots.length > 0 && entry.seq !== this.#first + this.#slots.length) {
      this.#hole ??= entry.seq;
      this.#slots = [];
    }
    if (this.#slots.length === 0) {
      this.#first = entry.seq;
      this.#before = entry.prev_hash;
    }
    this.#slots.push(entry);
  }

  evict(seqs: Iterable<number>): void {
    for (const seq of seqs) {
      const slot = this.#slots[seq - this.#first];
      if (slot !== undefined) this.#slots[seq - this.#first] = { hash: slot.hash };
    }
    let gone = 0;
    while (gone < this.#slots.length && !isWhole(this.#slots[gone])) gone++;
    // Cut in large pieces: shifting an array for each record would cost its length each time.
    if (gone < 1024 && gone < this.#slots.length / 2) return;
    this.#before = this.#slots[gone - 1]?.hash ?? this.#before;
    this.#slots = this.#slots.slice(gone);
    this.#first += gone;
  }

  check(sha256: (text: string) => string): ChainCheck {
    if (this.#hole !== null) return { ok: false, firstBad: this.#hole, why: "entries before it are missing" };
    let before = this.#before;
    for (const [i, slot] of this.#slots.entries()) {
      const seq = this.#first + i;
      if (isWhole(slot)) {
        if (slot.seq !== seq || slot.prev_hash !== before)
          return { ok: false, firstBad: seq, why: "it does not continue the entry before it" };
        if (slot.hash !== hashOf(slot, sha256))
          return { ok: false, firstBad: seq, why: "its content does not match its hash" };
      }
      before = slot.hash;
    }
    return { ok: true };
  }

  get size(): number {
    return this.#slots.length;
  }
}

function isWhole(slot: Slot | undefined): slot is ChainEntry {
  return slot !== undefined && "kind" in slot;
}
