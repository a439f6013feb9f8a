import type { Bindings } from "../actor.ts";
import type { Authenticator } from "../authenticator.ts";

/** By which a proxy proves that a request went through it. */
export const PROXY_SECRET = "x-spillway-proxy-secret";

export interface ProxyOptions {
  /** The header that names the user; lower case. */
  userHeader: string;
  /** The header that names their groups, separated by commas; null: there is none. */
  groupsHeader: string | null;
  secret: string;
  sha256: (text: string) => string;
  /** Whether the peer that the request came from is a trusted proxy. */
  isTrusted: (bindings: Bindings | undefined) => boolean;
  /** How often a header was sent, where the runtime tells. */
  timesSent: (bindings: Bindings | undefined, name: string) => number | null;
  rolesOf: (groups: readonly string[]) => string[];
}

/** One word of visible ASCII: a comma would be two headers that were joined. */
const ONE_NAME = /^[\x21-\x2b\x2d-\x7e]{1,200}$/;

/**
 * A proxy that checks who comes in tells who it is. It is believed only if it is a trusted peer, knows the secret, and says it
 * exactly once.
 */
export function proxyMode(options: ProxyOptions): Authenticator {
  const { userHeader, groupsHeader, sha256, isTrusted, rolesOf } = options;
  const expected = sha256(options.secret);
  const told = [userHeader, PROXY_SECRET, ...(groupsHeader === null ? [] : [groupsHeader])];

  function isProxys({ headers }: Request, bindings: Bindings | undefined): boolean {
    // Hashes of the same length are compared: how long it takes tells nothing.
    if (!isTrusted(bindings) || sha256(headers.get(PROXY_SECRET) ?? "") !== expected) return false;
    if (told.some((name) => (options.timesSent(bindings, name) ?? 1) > 1)) return false;
    // Some servers take X_User for X-User: whoever sends that tries to be somebody.
    return ![...headers.keys()].some(
      (name) => name.includes("_") && told.includes(name.replaceAll("_", "-")),
    );
  }

  return {
    mode: "proxy",
    remedy: "Come through the proxy that checks who you are.",
    challenge: "Proxy",
    async identify(request, bindings) {
      if (!isProxys(request, bindings)) return null;
      const name = request.headers.get(userHeader) ?? "";
      if (!ONE_NAME.test(name)) return null;
      const groups = groupsHeader === null ? [] : listOf(request.headers.get(groupsHeader));
      return { id: name, name, verified: true, roles: rolesOf(groups), auth: "proxy", session: null };
    },
  };
}

function listOf(header: string | null): string[] {
  return (header ?? "").split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
}
