import type { Clock } from "@spillway/engine";
import { type ChainEntry, type EntryContent, GENESIS, hashOf } from "./entry.ts";

type Sha256 = (text: string) => string;

/** Numbers and hashes entries one after the other. */
export class Chain {
  readonly #clock: Clock;
  readonly #sha256: Sha256;
  #seq = 0;
  #head = GENESIS;

  constructor(clock: Clock, sha256: Sha256) {
    this.#clock = clock;
    this.#sha256 = sha256;
  }

  get head(): string {
    return this.#head;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Takes the next number and hash in one step: nothing can come between. */
  append(content: EntryContent): ChainEntry {
    const at = new Date(this.#clock.now()).toISOString();
    const unhashed = { ...content, seq: this.#seq + 1, at, prev_hash: this.#head };
    const entry = { ...unhashed, hash: hashOf(unhashed, this.#sha256) };
    this.#seq = entry.seq;
    this.#head = entry.hash;
    return entry;
  }

  /** Goes on after an entry of an earlier process. */
  resumeAfter(last: ChainEntry): void {
    this.#seq = last.seq;
    this.#head = last.hash;
  }
}

/** What a check of entries found; `firstBad` is the number of the first entry that does not fit. */
export type ChainCheck = { ok: true } | { ok: false; firstBad: number; why: string };

/**
 * Checks entries in the order they stand, each against its own hash and against the one before. The first may begin
 * anywhere. With `head`, the last must be it, so that a cut-off end is found too.
 */
export function checkChain(entries: Iterable<ChainEntry>, sha256: Sha256, head?: string): ChainCheck {
  let last: ChainEntry | null = null;
  for (const entry of entries) {
    if (last !== null && entry.seq !== last.seq + 1)
      return { ok: false, firstBad: entry.seq, why: `${last.seq + 1} should follow ${last.seq}` };
    if (last !== null && entry.prev_hash !== last.hash)
      return { ok: false, firstBad: entry.seq, why: "it does not continue the entry before it" };
    if (last === null && entry.seq === 1 && entry.prev_hash !== GENESIS)
      return { ok: false, firstBad: 1, why: "the first entry does not begin a chain" };
    if (entry.hash !== hashOf(entry, sha256))
      return { ok: false, firstBad: entry.seq, why: "its content does not match its hash" };
    last = entry;
  }
  if (head !== undefined && last !== null && last.hash !== head)
    return { ok: false, firstBad: last.seq + 1, why: "entries after the last one are missing" };
  return { ok: true };
}
