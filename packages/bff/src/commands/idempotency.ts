import type { Clock } from "@spillway/engine";
import { invalid, ProblemError } from "../http/problem.ts";

/** A reply as it is kept for those who ask again. */
export interface StoredReply {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

interface Use {
  fingerprint: string;
  at: number;
  /** Null while it runs. */
  reply: StoredReply | null;
}

const MOST_KEYS = 10_000;
const KEPT_MS = 24 * 3_600_000;

/** The keys callers named their writes by, for a day: the same key has one effect and one reply. */
export class IdempotencyKeys {
  readonly #clock: Clock;
  /** In the order of their first use. */
  readonly #uses = new Map<string, Use>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Null if this is the first use, which {@link settle} or {@link release} must follow; else the stored reply. Throws
   * `key_reused` for another request, `conflict` while the first still runs.
   */
  claim(key: string, fingerprint: string): StoredReply | null {
    this.#forgetOld();
    const use = this.#uses.get(key);
    if (use === undefined) {
      this.#uses.set(key, { fingerprint, at: this.#clock.now(), reply: null });
      return null;
    }
    if (use.fingerprint !== fingerprint)
      throw new ProblemError("key_reused", "This Idempotency-Key was used for another request.");
    if (use.reply === null)
      throw new ProblemError("conflict", "The first request with this Idempotency-Key still runs.");
    return use.reply;
  }

  settle(key: string, reply: StoredReply): void {
    const use = this.#uses.get(key);
    if (use) use.reply = reply;
  }

  /** Nothing happened and may be tried again with the same key. */
  release(key: string): void {
    this.#uses.delete(key);
  }

  #forgetOld(): void {
    const before = this.#clock.now() - KEPT_MS;
    for (const [key, { at, reply }] of this.#uses) {
      if (at >= before && this.#uses.size < MOST_KEYS) return;
      if (reply !== null) this.#uses.delete(key);
    }
  }
}

/** The key of a request, apart for each actor; null if it has none. */
export function keyOf(header: string | null, actorId: string): { own: string; scoped: string } | null {
  if (header === null) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(header))
    throw invalid("Idempotency-Key", "1 to 200 visible ASCII characters, without blanks.");
  return { own: header, scoped: `${actorId}\0${header}` };
}
