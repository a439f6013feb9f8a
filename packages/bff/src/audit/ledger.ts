import { GENESIS, type Sha256 } from "@spillway/contract/audit";
import type { ChainEntry } from "@spillway/contract/schemas";
import { whyWrong } from "./entry.ts";

/** What a check of entries found; `firstBad` is the number of the first entry that does not fit. */
export type ChainCheck = { ok: true } | { ok: false; firstBad: number; why: string };

type End = Pick<ChainEntry, "seq" | "hash">;

/**
 * The entries held in memory, by number. Where some were evicted, only the hash before the next one that is held stays,
 * so that the chain can still be checked from the oldest entry to the newest and memory is bounded by what is held.
 */
export class Ledger {
  readonly #entries = new Map<number, ChainEntry>();
  /** What was evicted right before an entry that is held, by that entry's number. */
  readonly #before = new Map<number, End>();
  #last: End = { seq: 0, hash: GENESIS };
  /** Where entries of an earlier process did not follow each other. */
  #hole: number | null = null;

  /** Next in order; what an earlier process left may begin anywhere. */
  add(entry: ChainEntry): void {
    const follows = entry.seq === this.#last.seq + 1;
    if (!follows && this.#last.seq > 0) this.#forget(entry.seq);
    if (!this.#entries.has(this.#last.seq))
      this.#before.set(entry.seq, follows ? this.#last : { seq: entry.seq - 1, hash: entry.prev_hash });
    this.#entries.set(entry.seq, entry);
    this.#last = entry;
  }

  get(seq: number): ChainEntry | undefined {
    return this.#entries.get(seq);
  }

  evict(seqs: Iterable<number>): void {
    for (const seq of seqs) {
      const entry = this.#entries.get(seq);
      if (entry === undefined) continue;
      this.#entries.delete(seq);
      this.#before.delete(seq);
      if (this.#last.seq === seq) this.#last = { seq, hash: entry.hash };
      if (this.#entries.has(seq + 1)) this.#before.set(seq + 1, { seq, hash: entry.hash });
    }
  }

  check(sha256: Sha256): ChainCheck {
    if (this.#hole !== null) return { ok: false, firstBad: this.#hole, why: "entries before it are missing" };
    let last: End | null = null;
    for (const entry of this.#entries.values()) {
      const before: End | null = this.#before.get(entry.seq) ?? last;
      const why = whyWrong(before, entry, sha256);
      if (why !== null) return { ok: false, firstBad: entry.seq, why };
      last = entry;
    }
    return { ok: true };
  }

  get size(): number {
    return this.#entries.size;
  }

  #forget(seq: number): void {
    this.#hole ??= seq;
    this.#entries.clear();
    this.#before.clear();
  }
}
