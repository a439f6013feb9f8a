import type { Clock } from "@spillway/engine";
import { type Actor, sameRoles } from "../actor.ts";
import type { Authenticator } from "../authenticator.ts";

/** A program's way in. */
export interface Token {
  /** Tells it from others; no secret. */
  id: string;
  /** What it is for, e.g. `ci-deploys`. */
  name: string;
  /** Who answers for it. */
  owner: string;
  roles: readonly string[];
  /** Epoch ms; null if it never expires. */
  expiresAt: number | null;
}

export interface TokensOptions {
  clock: Clock;
  sha256: (text: string) => string;
  /** By the hash of its text; null if there is none, or it was revoked. */
  find: (hash: string) => Token | null;
}

/** How soon the stream of a token that holds no longer ends. Ms. */
const LOOK_AGAIN_MS = 5_000;
const BEARER = /^bearer +([\w~+/.-]+=*)$/i;

/**
 * Programs get in with a bearer token, beside how people do (`inner`; null: in no other way). A request that brings one is
 * known by it alone: one that is wrong is not made good by a cookie.
 */
export function withTokens(options: TokensOptions, inner: Authenticator | null): Authenticator {
  const { clock } = options;
  const valid = (hash: string): Token | null => {
    const token = options.find(hash);
    return token !== null && (token.expiresAt ?? Infinity) > clock.now() ? token : null;
  };
  /** By the id of the token: which hash holds it, for streams that stay open. */
  const hashes = new Map<string, string>();

  function byToken(header: string): Actor | null {
    const text = BEARER.exec(header)?.[1];
    if (text === undefined) return null;
    const hash = options.sha256(text);
    const token = valid(hash);
    if (token === null) return null;
    hashes.set(token.id, hash);
    return actorOf(token);
  }
  function whenRevoked(id: string, roles: readonly string[], ended: (why: string) => void): () => void {
    let cancel = (): void => undefined;
    const look = (): void => {
      const token = valid(hashes.get(id) ?? "");
      if (token === null) ended("The token is no longer valid.");
      else if (!sameRoles(token.roles, roles)) ended("The token has other roles now.");
      else cancel = clock.after(LOOK_AGAIN_MS, look);
    };
    look();
    return () => cancel();
  }

  return {
    ...(inner ?? BY_TOKEN_ONLY),
    challenge: inner === null ? "Bearer" : `${inner.challenge}, Bearer`,
    async identify(request, bindings) {
      const header = request.headers.get("Authorization") ?? "";
      if (/^\s*bearer\b/i.test(header)) return byToken(header);
      return inner?.identify(request, bindings) ?? null;
    },
    whenEnded(actor, ended, asked) {
      if (actor.auth === "token" && actor.session !== null)
        return whenRevoked(actor.session, actor.roles, ended);
      return inner?.whenEnded?.(actor, ended, asked) ?? (() => undefined);
    },
  };
}

const BY_TOKEN_ONLY = {
  mode: "token",
  remedy: "Send a bearer token; `spillway token add` makes one.",
} as const satisfies Partial<Authenticator>;

function actorOf({ id, name, owner, roles }: Token): Actor {
  return {
    id: `program:${name}`,
    name: `${name} (${owner})`,
    verified: true,
    roles,
    auth: "token",
    session: id,
  };
}
