import { readFileSync } from "node:fs";
import type { HostOptions } from "@spillway/bff";
import type { FlagName } from "../flags.ts";
import type { ParsedFlags } from "../parse-flags.ts";
import { UsageError } from "../usage-error.ts";
import type { GroupRole } from "./access-flags.ts";

/** Who gets in, and how. Durations in ms. */
export interface Access {
  people:
    | { by: "none" }
    | { by: "password"; file: string; source: string }
    | {
        by: "oidc";
        issuer: string;
        clientId: string;
        clientSecret: string | null;
        groupsClaim: string;
        scope: string;
        publicUrl: string | null;
      }
    | { by: "proxy"; userHeader: string; groupsHeader: string | null; secret: string }
    /** The application around the console says who somebody is. */
    | { by: "host"; authorize: HostOptions["authorize"] };
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
export const OIDC_SECRET_ENV = "SPILLWAY_OIDC_CLIENT_SECRET";
const LEAST_SECRET = 16;
/** Each is a way for people to get in. */
const PEOPLE_FLAGS = ["users-file", "auth-proxy-header", "oidc-issuer"] as const;

/** Throws {@link UsageError} on contradictions. */
export function toAccess(flags: ParsedFlags): Access {
  const { values, given } = flags;
  const sourceOf = (name: FlagName): string => given.get(name) ?? `--${name}`;
  const need = (name: FlagName, other: FlagName): void => {
    if (given.has(name) && !given.has(other)) throw new UsageError(`${sourceOf(name)} needs --${other}.`);
  };
  need("auth-proxy-groups", "auth-proxy-header");
  need("auth-proxy-header", "trusted-proxy");
  for (const name of [
    "oidc-client-id",
    "oidc-secret-file",
    "oidc-groups-claim",
    "oidc-scope",
    "public-url",
  ] as const)
    need(name, "oidc-issuer");
  need("oidc-issuer", "oidc-client-id");
  if (!given.has("oidc-issuer")) need("group-roles", "auth-proxy-groups");
  if (!given.has("oidc-issuer"))
    for (const name of ["session-idle", "session-max"] as const) need(name, "users-file");
  const [first, second] = PEOPLE_FLAGS.filter((name) => given.has(name));
  if (first !== undefined && second !== undefined)
    throw new UsageError(`${sourceOf(first)} and ${sourceOf(second)} are two ways to get in; give one.`);
  for (const name of [...PEOPLE_FLAGS, "tokens-file"] as const)
    if (values["insecure-no-auth"] && given.has(name))
      throw new UsageError(`${sourceOf("insecure-no-auth")} contradicts ${sourceOf(name)}; give one.`);
  const tokens = values["tokens-file"];
  return {
    people: given.has("oidc-issuer") ? oidcOf(flags, sourceOf) : peopleOf(flags, sourceOf),
    tokens: tokens === null ? null : { file: tokens, source: sourceOf("tokens-file") },
    sessions: { idleMs: values["session-idle"], longestMs: values["session-max"] },
    trustedProxies: values["trusted-proxy"],
    groupRoles: values["group-roles"],
    // A provider lets in whoever works there.
    defaultRole: given.has("oidc-issuer") && !given.has("default-role") ? null : values["default-role"],
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

function oidcOf(
  { values, given, oidcSecret }: ParsedFlags,
  sourceOf: (name: FlagName) => string,
): Access["people"] {
  const { "oidc-issuer": issuer, "oidc-client-id": clientId, "public-url": publicUrl } = values;
  if (issuer === null || clientId === null) throw new UsageError("--oidc-issuer needs --oidc-client-id.");
  if (publicUrl !== null && !publicUrl.endsWith(values["base-path"]))
    throw new UsageError(`${sourceOf("public-url")} must end with the base path, ${values["base-path"]}.`);
  const file = values["oidc-secret-file"];
  if (file !== null && oidcSecret !== null)
    throw new UsageError(`${sourceOf("oidc-secret-file")} and ${OIDC_SECRET_ENV} are given; give one.`);
  return {
    by: "oidc",
    issuer,
    clientId,
    clientSecret: file === null ? oidcSecret : readSecret(file, given.get("oidc-secret-file") ?? ""),
    groupsClaim: values["oidc-groups-claim"],
    scope: values["oidc-scope"],
    publicUrl,
  };
}

function readSecret(file: string, source: string): string {
  try {
    const secret = readFileSync(file, "utf8").trim();
    if (secret !== "") return secret;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(`${source} must be a file that holds a secret; ${file}: ${code}.`);
  }
  throw new UsageError(`${source} must be a file that holds a secret; ${file} is empty.`);
}

/** Whether somebody has to prove who they are. */
export const isChecked = ({ people, tokens }: Access): boolean => people.by !== "none" || tokens !== null;
