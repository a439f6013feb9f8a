import {
  type Authenticator,
  createGroupRoles,
  hostMode,
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
import { UsageError } from "../usage-error.ts";
import type { Access } from "./access.ts";
import { oidcMode } from "./oidc/oidc-mode.ts";
import { readTokens, type StoredToken } from "./tokens-file.ts";
import { readUsers, type User } from "./users-file.ts";
import { watchFile } from "./watched-file.ts";

export interface AccessDeps {
  clock: Clock;
  log: Logger;
  basePath: string;
  isRole: (name: string) => boolean;
}

export interface Gate extends Disposable {
  authenticator: Authenticator;
  /** Of who sent a request. */
  peerAddress: (bindings: unknown) => string | null;
}

/** Reads what the settings name. Throws `UsageError` if it can't be used. */
export function createGate(access: Access, deps: AccessDeps): Gate {
  const own = new Owned();
  try {
    const people = peopleMode(access, deps, own);
    const authenticator =
      access.tokens === null ? (people ?? openToAll()) : tokenMode(access.tokens, people, deps, own);
    const networks = parseNetworks(access.trustedProxies);
    return {
      authenticator,
      peerAddress: networks === null ? peerAddress : senderAddress(networks),
      [Symbol.dispose]: () => own[Symbol.dispose](),
    };
  } catch (error) {
    own[Symbol.dispose]();
    throw error;
  }
}

/** What ends together, the last one first. Node 22 has no `DisposableStack`. */
class Owned implements Disposable {
  readonly #things: Disposable[] = [];

  use<T extends Disposable>(thing: T): T {
    this.#things.push(thing);
    return thing;
  }

  [Symbol.dispose](): void {
    for (const thing of this.#things.splice(0).reverse()) thing[Symbol.dispose]();
  }
}

function peopleMode(
  access: Access,
  { clock, log, basePath, isRole }: AccessDeps,
  own: Owned,
): Authenticator | null {
  const { people } = access;
  if (people.by === "none") return null;
  if (people.by === "host") return hostMode({ authorize: people.authorize, clock });
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
  const read = () => withKnownRoles(readUsers(people.file, people.source), people.source, isRole);
  const file = own.use(watchFile(people.file, read, log));
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

/** A role that nobody knows allows nothing, which its holder would find out at night. */
function withKnownRoles<T extends { name: string; roles: readonly string[] }>(
  accounts: T[],
  source: string,
  isRole: (name: string) => boolean,
): T[] {
  for (const { name, roles } of accounts) {
    const unknown = roles.find((role) => !isRole(role));
    if (unknown !== undefined)
      throw new UsageError(
        `${source} gives ${name} the role ${unknown}, which is neither built in nor in --roles-file.`,
      );
  }
  return accounts;
}

function personOf(user: User | undefined) {
  if (user === undefined) return null;
  const { name, full_name: fullName = name, roles, hash } = user;
  return { id: name, name: fullName, roles, stamp: hash };
}

function tokenMode(
  { file, source }: NonNullable<Access["tokens"]>,
  people: Authenticator | null,
  { clock, log, isRole }: AccessDeps,
  own: Owned,
): Authenticator {
  const read = () => withKnownRoles(readTokens(file, source), source, isRole);
  const tokens = own.use(watchFile(file, read, log));
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
