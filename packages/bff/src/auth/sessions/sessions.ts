import type { Clock } from "@spillway/engine";
import { sameRoles } from "../actor.ts";
import type { SessionCookieName } from "./session-cookie.ts";

/** Somebody who was identified. */
export interface Person {
  id: string;
  name: string;
  roles: readonly string[];
  /** Sessions end when this changes: another password, another account of the same name. */
  stamp: string;
}

export interface Session {
  /** Tells it from others on record; no secret. */
  readonly id: string;
  readonly person: Person;
  readonly cookie: SessionCookieName;
}

interface Held extends Session {
  person: Person;
  key: string;
  openedAt: number;
  usedAt: number;
  waiting: Set<(why: string) => void>;
}

export interface SessionsOptions {
  clock: Clock;
  sha256: (text: string) => string;
  /** A session ends when nobody used it for so long. Ms. */
  idleMs: number;
  /** It ends then, whatever happens. Ms. */
  longestMs: number;
  /** Who this person is by now; null if they may come in no more. Default: as they were when they logged in. */
  refresh?: (person: Person) => Person | null;
}

/** How soon streams of a session that is over, or of other roles, end. Ms. */
const SWEEP_MS = 5_000;
const MOST_SESSIONS = 10_000;
const OTHER_ROLES = "Your roles were changed.";

/** Who is logged in, in memory: a restart logs everybody out. Only hashes of the secrets are kept. */
export class Sessions implements Disposable {
  /** Called when one ended by itself, not when somebody logged out; must not throw. */
  onExpired: (session: Session, why: string) => void = () => undefined;
  readonly #options: SessionsOptions;
  /** By the hash of the secret, oldest first. */
  readonly #held = new Map<string, Held>();
  readonly #byId = new Map<string, Held>();
  #cancelSweep: (() => void) | null = null;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Opens one with a secret that never was. */
  open(person: Person, cookie: SessionCookieName): { secret: string; session: Session } {
    const secret = newSecret();
    const key = this.#options.sha256(secret);
    const now = this.#options.clock.now();
    const id = this.#options.sha256(`id ${key}`).slice(0, 12);
    const session = { id, person, cookie, key, openedAt: now, usedAt: now, waiting: new Set<never>() };
    this.#held.set(key, session);
    this.#byId.set(id, session);
    const [oldest] = this.#held.values();
    if (oldest && this.#held.size > MOST_SESSIONS) this.#expire(oldest, "There were too many sessions.");
    this.#sweepLater();
    return { secret, session };
  }

  /** The session of a secret, if it lives. `isUse`: somebody is there, so it stays open. */
  find(secret: string, cookie: SessionCookieName, isUse: boolean): Session | null {
    const held = this.#held.get(this.#options.sha256(secret));
    // One that was handed out in one kind of cookie counts in no other.
    if (held === undefined || held.cookie !== cookie || !this.#lives(held)) return null;
    if (isUse) held.usedAt = this.#options.clock.now();
    return held;
  }

  /** Ends one, e.g. as somebody logs out. */
  end(id: string, why: string): void {
    const held = this.#byId.get(id);
    if (held === undefined) return;
    this.#held.delete(held.key);
    this.#byId.delete(id);
    for (const ended of held.waiting) ended(why);
  }

  /** Calls `ended` once when the session ends, or when its person has other roles; at once if it did. Returns how to stop waiting. */
  whenEnded(id: string, roles: readonly string[], ended: (why: string) => void): () => void {
    const held = this.#byId.get(id);
    if (held === undefined) ended("The session has ended.");
    else if (sameRoles(held.person.roles, roles)) held.waiting.add(ended);
    else ended(OTHER_ROLES);
    return () => held?.waiting.delete(ended);
  }

  get size(): number {
    return this.#held.size;
  }

  [Symbol.dispose](): void {
    this.#cancelSweep?.();
  }

  #lives(held: Held): boolean {
    const { clock, idleMs, longestMs, refresh = (person) => person } = this.#options;
    const now = clock.now();
    const person = refresh(held.person);
    if (person === null) this.#expire(held, "The account is gone.");
    else if (person.stamp !== held.person.stamp) this.#expire(held, "The password was changed.");
    else if (now - held.openedAt >= longestMs) this.#expire(held, "It lasted as long as a session may.");
    else if (now - held.usedAt >= idleMs) this.#expire(held, "Nobody used it.");
    else {
      this.#refresh(held, person);
      return true;
    }
    return false;
  }

  /** What is open was opened for what they might see then: other roles end it, and leave them logged in. */
  #refresh(held: Held, person: Person): void {
    const isSame = sameRoles(person.roles, held.person.roles);
    held.person = person;
    if (isSame) return;
    const open = [...held.waiting];
    held.waiting.clear();
    for (const ended of open) ended(OTHER_ROLES);
  }

  #expire(held: Held, why: string): void {
    this.end(held.id, why);
    this.onExpired(held, why);
  }

  #sweepLater(): void {
    this.#cancelSweep ??= this.#options.clock.after(SWEEP_MS, () => {
      this.#cancelSweep = null;
      for (const held of this.#held.values()) this.#lives(held);
      if (this.#held.size > 0) this.#sweepLater();
    });
  }
}

/** 256 random bits in URL-safe characters. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(
    /[+/=]/g,
    (sign) => ({ "+": "-", "/": "_" })[sign] ?? "",
  );
}
