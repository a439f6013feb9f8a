/** How it is known who somebody is. `host`: the process that embeds the console said so. */
export type AuthMode = "none" | "password" | "token" | "proxy" | "oidc" | "host";

/** Who asks. */
export interface Actor {
  id: string;
  name: string;
  /** Whether anybody checked that it is them. */
  verified: boolean;
  /** Names of roles; what each may do is the policy's business. */
  roles: readonly string[];
  auth: AuthMode;
  /** What their requests have in common, to tell one login or token from another: no secret. Null where there is nothing such. */
  session: string | null;
}

/** Whether two have the same roles, in whichever order. */
export const sameRoles = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((role) => others.includes(role));

/**
 * What the process that embeds the app may hand over beside a request, as Hono's bindings. A request from outside can't
 * reach it.
 */
export interface Bindings {
  /** Somebody whom the embedding process knows already: a page that runs the BFF itself, or a test. */
  viewer?: { name: string | null; roles?: readonly string[] } | undefined;
}

const ANONYMOUS_ID = "anonymous";

/** Nobody in particular, who may do nothing: what goes on record where a request said nothing that identifies anyone. */
export function nobody(auth: AuthMode): Actor {
  return { id: ANONYMOUS_ID, name: "Anonymous", verified: false, roles: [], auth, session: null };
}

/** Under auth `none`: everyone who can reach the console may do everything, and is who they say they are. */
export function claimedActor(name: string | null, roles: readonly string[] = ["admin"]): Actor {
  const said = name ?? "Anonymous";
  const id = name === null ? ANONYMOUS_ID : slug(said);
  return { id, name: said, verified: false, roles, auth: "none", session: null };
}

/** `Ana Gómez` is `ana-gomez`. */
function slug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "unnamed";
}
