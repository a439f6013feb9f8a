import type { Actor, AuthMode, Bindings } from "./actor.ts";

/** Tells who sent a request. One per process; what people log in with is its own affair. */
export interface Authenticator {
  /** How people get in; programs may have ways of their own beside it. */
  readonly mode: AuthMode;
  /** What somebody who isn't known has to do, in one sentence. */
  readonly remedy: string;
  /** The value of `WWW-Authenticate` in a 401. */
  readonly challenge: string;
  /** Null: nobody known. Rejects only if that could not be found out. */
  identify(request: Request, bindings: Bindings | undefined): Promise<Actor | null>;
  /**
   * Calls `ended` once, when what identified this actor holds no longer (logged out, expired, taken away). Returns how to
   * stop waiting. None: nothing here ever ends.
   */
  whenEnded?(actor: Actor, ended: (why: string) => void): () => void;
}
