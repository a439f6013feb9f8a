import { GENESIS, hashOf, type Sha256 } from "@spillway/contract/audit";
import type { ChainEntry } from "@spillway/contract/schemas";
import type { Clock } from "@spillway/engine";
import type { EntryContent } from "./entry.ts";

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
