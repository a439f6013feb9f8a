import { createHash, randomBytes } from "node:crypto";
import { UsageError } from "../usage-error.ts";
import type { AccountOrder } from "./account-order.ts";
import { readTokens, readTokensIfAny, type StoredToken, writeTokens } from "./tokens-file.ts";

type TokenOrder =
  | Extract<AccountOrder, { what: "token" }>
  | { what: "user" | "token"; verb: "list"; file: string };

const SOURCE = "--tokens-file";

/** A console that runs with this file sees the change within seconds. `now`: epoch ms. Throws {@link UsageError}. */
export function runTokenOrder(order: TokenOrder, print: (line: string) => void, now: number): void {
  const { file, verb } = order;
  if (verb === "list") list(readTokens(file, SOURCE), print, now);
  else if (verb === "add") add(order, print, now);
  else revoke(order, print, now);
}

function revoke(
  { file, name }: Extract<TokenOrder, { verb: "revoke" }>,
  print: (line: string) => void,
  now: number,
): void {
  const tokens = readTokens(file, SOURCE);
  const known = tokens.find(({ id }) => id === name);
  if (known === undefined)
    throw new UsageError(`There is no token ${name} in ${file}; \`list\` shows their ids.`);
  const revoked = { ...known, revoked_at: known.revoked_at ?? new Date(now).toISOString() };
  writeTokens(
    file,
    tokens.map((one) => (one === known ? revoked : one)),
  );
  print(`${known.name} (${known.id}) gets in no more.`);
}

function add(order: Extract<TokenOrder, { verb: "add" }>, print: (line: string) => void, now: number): void {
  const { file, name, owner, roles, lastsMs } = order;
  const id = randomBytes(4).toString("hex");
  // The prefix lets scanners of repositories and logs find one that leaked.
  const text = `spillway_${id}_${randomBytes(32).toString("base64url")}`;
  const expires = lastsMs === null ? null : new Date(now + lastsMs).toISOString();
  const token: StoredToken = {
    id,
    name,
    owner,
    roles,
    sha256: createHash("sha256").update(text).digest("hex"),
    created_at: new Date(now).toISOString(),
    expires_at: expires,
    revoked_at: null,
  };
  writeTokens(file, [...readTokensIfAny(file, SOURCE), token]);
  print(text);
  process.stderr.write(
    `${name} (${id}) gets in as ${roles.join(", ")}, ${expires === null ? "until it is revoked" : `until ${expires}`}. ` +
      "The token is shown this once.\n",
  );
}

function list(tokens: readonly StoredToken[], print: (line: string) => void, now: number): void {
  for (const { id, name, owner, roles, expires_at: expires, revoked_at: revoked } of tokens) {
    const isExpired = expires !== null && Date.parse(expires) <= now;
    const until = isExpired
      ? `expired ${expires}`
      : expires === null
        ? "never expires"
        : `expires ${expires}`;
    print([id, name, owner, roles.join(", "), revoked === null ? until : `revoked ${revoked}`].join("  "));
  }
  if (tokens.length === 0) print("There are no tokens.");
}
