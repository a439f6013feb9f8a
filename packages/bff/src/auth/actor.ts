import type { Role } from "@spillway/contract/table";

/** Who asks. */
export interface Actor {
  id: string;
  name: string;
  /** Whether anybody checked that it is them. */
  verified: boolean;
  roles: readonly Role[];
  /** How it is known who they are. */
  auth: string;
}

/**
 * What the process that embeds the app may hand over beside a request, as Hono's bindings. A request from outside can't
 * reach it.
 */
export interface Bindings {
  /** Somebody whom the embedding process knows already: a page that runs the BFF itself, or a test. */
  viewer?: { name: string | null; roles?: readonly Role[] } | undefined;
}

const ANONYMOUS_ID = "anonymous";

/** Under auth `none`: everyone who can reach the console may do everything, and is who they say they are. */
export function claimedActor(name: string | null, roles: readonly Role[] = ["admin"]): Actor {
  const said = name ?? "Anonymous";
  return { id: name === null ? ANONYMOUS_ID : slug(said), name: said, verified: false, roles, auth: "none" };
}

/** `Ana Gómez` is `ana-gomez`. */
function slug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "unnamed";
}
