import type { FlagName } from "../flags.ts";
import type { ParsedFlags } from "../parse-flags.ts";
import { UsageError } from "../usage-error.ts";
import type { GroupRole } from "./access-flags.ts";

/** Who gets in, and how. Durations in ms. */
export interface Access {
  people:
    | { by: "none" }
    | { by: "password"; file: string; source: string }
    | { by: "proxy"; userHeader: string; groupsHeader: string | null; secret: string };
  /** Programs get in too; where `people` has no way in, they alone. */
  tokens: { file: string; source: string } | null;
  sessions: { idleMs: number; longestMs: number };
  trustedProxies: string[];
  groupRoles: GroupRole[];
  defaultRole: string | null;
  /** Anyone on the network gets in, as was asked for. */
  isOpen: boolean;
}

/** The secret comes from the environment only, as arguments are seen by all. */
export const PROXY_SECRET_ENV = "SPILLWAY_PROXY_SECRET";
const LEAST_SECRET = 16;

/** Throws {@link UsageError} on contradictions. */
export function toAccess({ values, given, proxySecret }: ParsedFlags): Access {
  const sourceOf = (name: FlagName): string => given.get(name) ?? `--${name}`;
  const need = (name: FlagName, other: FlagName): void => {
    if (given.has(name) && !given.has(other)) throw new UsageError(`${sourceOf(name)} needs --${other}.`);
  };
  need("auth-proxy-groups", "auth-proxy-header");
  need("auth-proxy-header", "trusted-proxy");
  need("group-roles", "auth-proxy-groups");
  need("session-idle", "users-file");
  need("session-max", "users-file");
  if (given.has("users-file") && given.has("auth-proxy-header"))
    throw new UsageError(
      `${sourceOf("users-file")} and ${sourceOf("auth-proxy-header")} are two ways to get in; give one.`,
    );
  for (const name of ["users-file", "tokens-file", "auth-proxy-header"] as const)
    if (values["insecure-no-auth"] && given.has(name))
      throw new UsageError(`${sourceOf("insecure-no-auth")} contradicts ${sourceOf(name)}; give one.`);
  const tokens = values["tokens-file"];
  return {
    people: peopleOf({ values, given, proxySecret }, sourceOf),
    tokens: tokens === null ? null : { file: tokens, source: sourceOf("tokens-file") },
    sessions: { idleMs: values["session-idle"], longestMs: values["session-max"] },
    trustedProxies: values["trusted-proxy"],
    groupRoles: values["group-roles"],
    defaultRole: values["default-role"],
    isOpen: false,
  };
}

function peopleOf(
  { values, proxySecret }: Pick<ParsedFlags, "values" | "given" | "proxySecret">,
  sourceOf: (name: FlagName) => string,
): Access["people"] {
  const file = values["users-file"];
  const userHeader = values["auth-proxy-header"];
  if (file !== null) return { by: "password", file, source: sourceOf("users-file") };
  if (userHeader === null) {
    if (proxySecret !== null) throw new UsageError(`${PROXY_SECRET_ENV} needs --auth-proxy-header.`);
    return { by: "none" };
  }
  if (proxySecret === null || proxySecret.length < LEAST_SECRET)
    throw new UsageError(
      `${sourceOf("auth-proxy-header")} needs ${PROXY_SECRET_ENV} in the environment, at least ${LEAST_SECRET} characters ` +
        "that only the proxy knows too.",
    );
  return { by: "proxy", userHeader, groupsHeader: values["auth-proxy-groups"], secret: proxySecret };
}

/** Whether somebody has to prove who they are. */
export const isChecked = ({ people, tokens }: Access): boolean => people.by !== "none" || tokens !== null;
