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
   * stop waiting. `asked`: the request by which they were identified. None: nothing here ever ends.
   */
  whenEnded?(actor: Actor, ended: (why: string) => void, asked: Asked): () => void;
  /** Hands over what is told of each login that ended by itself. */
  onExpired?(tell: (actor: Actor, why: string) => void): void;
  /** Where people log in on a page of the console. */
  login?: Login;
  /** Where people log in elsewhere and come back. */
  signOn?: SignOn;
  /** Forgets whoever sent this. Returns a `Set-Cookie`; null if there was nothing to forget. None: it is not ours to end. */
  logout?(request: Request): string | null;
  /** Where a browser ends the login elsewhere too, asked before `logout`. Null, or none: it ends here alone. */
  goodbye?(request: Request, actor: Actor): string | null;
}

/** What identified somebody. */
export interface Asked {
  request: Request;
  bindings: Bindings | undefined;
}

/** Lets people in by name and password. */
export interface Login {
  /** Opens nothing yet. Takes as long whoever it is. */
  check(claim: LoginClaim): Promise<LoginVerdict>;
}

export interface LoginClaim {
  user: string;
  password: string;
  /** Null where it isn't known. */
  address: string | null;
}

/** `claimed`: the user whose name was given, not verified; null if there is none of that name. */
export type LoginVerdict =
  | { is: "right"; actor: Actor; open: (request: Request) => { actor: Actor; cookie: string } }
  | { is: "wrong"; claimed: Actor | null }
  | { is: "too_often"; waitS: number; claimed: Actor | null };

/** Lets people in who logged in elsewhere. */
export interface SignOn {
  /** Where to send a browser that is to end up at `next`, and the `Set-Cookie` by which it is known when it comes back. */
  begin(
    request: Request,
    next: string,
  ): Promise<{ to: string; cookie: string } | { failed: SignOnFailure; why: string }>;
  /** What a browser that came back brings. Opens nothing yet. */
  finish(request: Request): Promise<SignOnVerdict>;
}

/**
 * `provider_down`: it can't be asked. `refused`: it let nobody in. `no_role`: it did, but none of their groups has a role here.
 * `expired`: this browser did not begin it, or too long ago. `not_valid`: what it says can't be trusted.
 */
export type SignOnFailure = "provider_down" | "refused" | "no_role" | "expired" | "not_valid";

/** `forget`: the `Set-Cookie`s that end the attempt. `why` is for the record. */
export type SignOnVerdict = { next: string; forget: readonly string[] } & (
  | { is: "right"; actor: Actor; open: (request: Request) => { actor: Actor; cookie: string } }
  | { is: "wrong"; failed: SignOnFailure; why: string; claimed: Actor | null }
);
