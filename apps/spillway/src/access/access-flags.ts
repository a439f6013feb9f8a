import { parseNetworks } from "@spillway/bff/node";
import type { Flag } from "../flags.ts";
import { parseDuration, parseList, parseSwitch, REFUSED, type Refused } from "../values.ts";

const flag = <T>(spec: Flag<T>): Flag<T> => spec;

const file = (description: string): Flag<string | null> => ({
  placeholder: "FILE",
  fallback: null,
  shown: "",
  description,
  allowed: "a path",
  parse: (text) => (text.trim() === "" ? REFUSED : text),
});

const header = (description: string): Flag<string | null> => ({
  placeholder: "HEADER",
  fallback: null,
  shown: "",
  description,
  allowed: "the name of a header, of letters, digits and dashes",
  parse: (text) => (/^[a-z\d](?:[a-z\d-]{0,98}[a-z\d])?$/i.test(text) ? text.toLowerCase() : REFUSED),
});

const lasting = (shown: string, fallback: number, description: string): Flag<number> => ({
  placeholder: "DURATION",
  fallback,
  shown,
  description,
  allowed: "a duration from 1s to 720h, like 30m or 12h",
  parse(text) {
    const ms = parseDuration(text);
    return ms !== REFUSED && ms >= 1_000 && ms <= 2_592_000_000 ? ms : REFUSED;
  },
});

export interface GroupRole {
  group: string;
  role: string;
}

function parseGroupRoles(text: string): GroupRole[] | Refused {
  const parts = parseList(text);
  if (parts === REFUSED) return REFUSED;
  const pairs = parts.flatMap((part) => {
    const [, group = "", role = ""] = /^(.+)=([\w.-]{1,100})$/.exec(part) ?? [];
    return group === "" ? [] : [{ group: group.trim(), role }];
  });
  return pairs.length === parts.length ? pairs : REFUSED;
}

function parseNetworkList(text: string): string[] | Refused {
  const parts = parseList(text);
  return parts === REFUSED || parseNetworks(parts) === null ? REFUSED : parts;
}

function parseIssuer(text: string): string | Refused {
  const url = URL.parse(text);
  const isOwn = url?.protocol === "http:" && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return url !== null && (url.protocol === "https:" || isOwn) && url.username === "" ? text : REFUSED;
}

/** With a slash at the end. */
function parsePublicUrl(text: string): string | Refused {
  const url = URL.parse(text.endsWith("/") ? text : `${text}/`);
  const isPlain = url?.username === "" && url.search === "" && url.hash === "";
  return url !== null && isPlain && /^https?:$/.test(url.protocol) ? url.href : REFUSED;
}

function text<const T extends string | null>(description: string, fallback: T): Flag<string | T> {
  return {
    placeholder: "TEXT",
    fallback,
    shown: fallback ?? "",
    description,
    allowed: "a text of 1 to 200 characters",
    parse: (written) => (written.trim() === "" || written.length > 200 ? REFUSED : written.trim()),
  };
}

/** The settings that say who gets in. */
export const ACCESS_FLAGS = {
  "users-file": file("let those in this file log in with a password; `spillway user add` fills it"),
  "tokens-file": file("let programs in with the bearer tokens of this file; `spillway token add` fills it"),
  "session-idle": lasting("30m", 1_800_000, "log people out when they did nothing for so long"),
  "session-max": lasting("12h", 43_200_000, "log people out after so long, whatever they do"),
  "trusted-proxy": flag<string[]>({
    placeholder: "NETWORK",
    fallback: [],
    shown: "",
    description: "proxies whose word on who sent a request is taken, e.g. 10.0.0.0/8; may be repeated",
    allowed: "addresses or networks like 10.0.0.7, 10.0.0.0/8 or fd00::/8",
    repeatable: true,
    parse: parseNetworkList,
  }),
  "auth-proxy-header": header(
    "the header in which trusted proxies name the user; they prove themselves with " +
      "SPILLWAY_PROXY_SECRET in X-Spillway-Proxy-Secret",
  ),
  "auth-proxy-groups": header("the header in which they name the user's groups, separated by commas"),
  "oidc-issuer": flag<string | null>({
    placeholder: "URL",
    fallback: null,
    shown: "",
    description: "let people log in at this OpenID provider; needs --oidc-client-id",
    allowed: "an https:// URL, or http:// on this machine",
    parse: parseIssuer,
  }),
  "oidc-client-id": text(
    "what this console is called there; its secret is in SPILLWAY_OIDC_CLIENT_SECRET",
    null,
  ),
  "oidc-secret-file": file("a file that holds that secret, in place of the environment"),
  "oidc-groups-claim": text("the claim in which the provider tells of groups, for --group-roles", "groups"),
  "oidc-scope": text("what the provider is asked for", "openid profile email"),
  "public-url": flag<string | null>({
    placeholder: "URL",
    fallback: null,
    shown: "plain http, by the host that browsers name",
    description: "where browsers reach the console, for --oidc-issuer to send them back: URL + auth/callback",
    allowed: "a URL like https://ops.example.com/queues that ends with the base path",
    parse: parsePublicUrl,
  }),
  "group-roles": flag<GroupRole[]>({
    placeholder: "GROUP=ROLE",
    fallback: [],
    shown: "",
    description: "which group gives which role, e.g. sre=operator,platform=admin",
    allowed: "pairs like sre=operator,platform=admin",
    repeatable: true,
    parse: parseGroupRoles,
  }),
  "default-role": flag<string | null>({
    placeholder: "ROLE",
    fallback: "viewer",
    shown: "viewer",
    description:
      "the role of those whose groups give none; `none` lets them do and see nothing, which is so with --oidc-issuer unless " +
      "another is given",
    allowed: "the name of a role, or none",
    parse: (text) => (text === "none" ? null : /^[\w.-]{1,100}$/.test(text) ? text : REFUSED),
  }),
  "insecure-no-auth": flag<boolean>({
    placeholder: "",
    fallback: false,
    shown: "",
    description: "let anyone on the network in, to do everything",
    allowed: "true or false, or given alone",
    isSwitch: true,
    parse: parseSwitch,
  }),
} satisfies Record<string, Flag<never> | Flag<unknown>>;
