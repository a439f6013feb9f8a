import {
  type Authenticator,
  createGroupRoles,
  type Logger,
  openToAll,
  passwordMode,
  proxyMode,
  Sessions,
  sha256,
  withTokens,
} from "@spillway/bff";
import { parseNetworks, peerAddress, senderAddress, timesSent, verifyPassword } from "@spillway/bff/node";
import type { Clock } from "@spillway/engine";
import type { Access } from "./access.ts";
import { oidcMode } from "./oidc/oidc-mode.ts";
import { readTokens, type StoredToken } from "./tokens-file.ts";
import { readUsers, type User } from "./users-file.ts";
import { watchFile } from "./watched-file.ts";

export interface AccessDeps {
  clock: Clock;
  log: Logger;
  basePath: string;
}

export interface Gate extends Disposable {
  authenticator: Authenticator;
  /** Of who sent a request. */
  peerAddress: (bindings: unknown) => string | null;
}

/** Reads what the settings name. Throws `UsageError` if it can't be used. */
export function createGate(access: Access, deps: AccessDeps): Gate {
  using own = new DisposableStack();
  const people = peopleMode(access, deps, own);
  const authenticator =
    access.tokens === null ? (people ?? openToAll()) : tokenMode(access.tokens, people, deps, own);
  const networks = parseNetworks(access.trustedProxies);
  const kept = own.move();
  return {
    authenticator,
    peerAddress: networks === null ? peerAddress : senderAddress(networks),
    [Symbol.dispose]: () => kept.dispose(),
  };
}

function peopleMode(
  access: Access,
  { clock, log, basePath }: AccessDeps,
  own: DisposableStack,
): Authenticator | null {
  const { people } = access;
  if (people.by === "none") return null;
  if (people.by === "proxy") {
    const networks = parseNetworks(access.trustedProxies);
    return proxyMode({
      ...people,
      sha256,
      isTrusted: (bindings) => networks?.has(peerAddress(bindings)) ?? false,
      timesSent,
      rolesOf: createGroupRoles(access.groupRoles, access.defaultRole),
    });
  }
  if (people.by === "oidc")
    return oidcMode({
      ...people,
      rolesOf: createGroupRoles(access.groupRoles, access.defaultRole),
      sessions: own.use(new Sessions({ clock, sha256, ...access.sessions })),
      basePath,
      now: () => clock.now(),
    });
  const file = own.use(watchFile(people.file, () => readUsers(people.file, people.source), log));
  const find = (id: string): User | undefined => file.current.find(({ name }) => name === id.toLowerCase());
  const users = {
    find: (id: string) => personOf(find(id)),
    verify: (id: string, password: string) => verifyPassword(password, find(id)?.hash ?? null),
  };
  const sessions = own.use(
    new Sessions({ clock, sha256, ...access.sessions, refresh: ({ id }) => users.find(id) }),
  );
  return passwordMode({ clock, users, sessions, basePath });
}

function personOf(user: User | undefined) {
  if (user === undefined) return null;
  const { name, full_name: fullName = name, roles, hash } = user;
  return { id: name, name: fullName, roles, stamp: hash };
}

function tokenMode(
  { file, source }: NonNullable<Access["tokens"]>,
  people: Authenticator | null,
  { clock, log }: AccessDeps,
  own: DisposableStack,
): Authenticator {
  const tokens = own.use(watchFile(file, () => readTokens(file, source), log));
  const find = (hash: string): StoredToken | undefined =>
    tokens.current.find((one) => one.sha256 === hash && one.revoked_at === null);
  return withTokens(
    {
      clock,
      sha256,
      find(hash) {
        const token = find(hash);
        if (token === undefined) return null;
        const { expires_at: expiry } = token;
        return { ...token, expiresAt: expiry === null ? null : Date.parse(expiry) };
      },
    },
    people,
  );
}
