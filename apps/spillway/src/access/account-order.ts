import { parseArgs } from "node:util";
import { envName } from "../flags.ts";
import { UsageError } from "../usage-error.ts";
import { parseDuration, REFUSED } from "../values.ts";
import { ROLE_NAME, USER_NAME } from "./users-file.ts";

export type AccountOrder =
  | { what: "user"; verb: "add"; file: string; name: string; roles: string[]; fullName: string | null }
  | { what: "user"; verb: "passwd" | "remove"; file: string; name: string }
  | {
      what: "token";
      verb: "add";
      file: string;
      name: string;
      roles: string[];
      owner: string;
      lastsMs: number | null;
    }
  | { what: "token"; verb: "revoke"; file: string; name: string }
  | { what: "user" | "token"; verb: "list"; file: string };

const USAGE = {
  user:
    "Usage: spillway user add NAME --role ROLE [--full-name TEXT] | passwd NAME | remove NAME | list, " +
    "each with --users-file FILE; the password is asked for, or read from standard input.",
  token:
    "Usage: spillway token add NAME --role ROLE --owner WHO [--expires 90d] | revoke ID | list, " +
    "each with --tokens-file FILE.",
} as const;

type What = keyof typeof USAGE;

/** Reads what follows `user` or `token`. Throws {@link UsageError} in one line. */
export function parseAccount(
  what: What,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): AccountOrder {
  const { values, positionals } = parse(what, args);
  const [verb, name, ...more] = positionals;
  const flag = `${what}s-file`;
  const file = text(values[flag]) ?? env[envName(flag)];
  if (file === undefined || file === "")
    throw new UsageError(`--${flag} must be the path of the file. ${USAGE[what]}`);
  if (more.length > 0) throw new UsageError(USAGE[what]);
  if (verb === "list" && name === undefined) return { what, verb, file };
  if (name === undefined || verb === undefined) throw new UsageError(USAGE[what]);
  if (what === "token" && verb === "revoke") return { what, verb, file, name };
  if (!USER_NAME.test(name))
    throw new UsageError("NAME must be of a-z, 0-9 and . _ @ + -, beginning with a letter or a digit.");
  if (what === "user" && (verb === "passwd" || verb === "remove")) return { what, verb, file, name };
  if (verb !== "add") throw new UsageError(USAGE[what]);
  const roles = rolesOf(values.role);
  if (what === "user") return { what, verb, file, name, roles, fullName: text(values["full-name"]) ?? null };
  const owner = text(values.owner)?.trim() ?? "";
  if (owner === "") throw new UsageError("--owner must say who answers for the token.");
  return { what, verb, file, name, roles, owner, lastsMs: lastingOf(text(values.expires)) };
}

function parse(what: What, args: readonly string[]) {
  const options = {
    user: { "users-file": TEXT, role: TEXTS, "full-name": TEXT },
    token: { "tokens-file": TEXT, role: TEXTS, owner: TEXT, expires: TEXT },
  }[what];
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as Record<string, string | string[] | undefined>, positionals };
  } catch {
    throw new UsageError(USAGE[what]);
  }
}

const TEXT = { type: "string" } as const;
const TEXTS = { type: "string", multiple: true } as const;

const text = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

function rolesOf(given: string | string[] | undefined): string[] {
  const roles = [given ?? []].flat().flatMap((one) => one.split(",").map((role) => role.trim()));
  if (roles.length === 0 || !roles.every((role) => ROLE_NAME.test(role)))
    throw new UsageError("--role must name at least one role, e.g. viewer, operator or admin.");
  return [...new Set(roles)];
}

/** `90d`, or a duration as elsewhere, to ms; null: never. */
function lastingOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  const days = /^(\d{1,4})d$/.exec(given)?.[1];
  const ms = days === undefined ? parseDuration(given) : Number(days) * 86_400_000;
  if (ms === REFUSED || ms <= 0) throw new UsageError("--expires must be a duration like 90d or 12h.");
  return ms;
}
