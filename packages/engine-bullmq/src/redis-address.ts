/** Where Redis is. */
export type RedisAddress = OneRedis | ManyRedis;

interface OneRedis {
  kind: "single";
  /** As it was given. */
  url: string;
}

/** Several that know who is in charge. */
export interface ManyRedis {
  kind: "sentinel" | "cluster";
  /** Whom to ask. */
  nodes: readonly RedisNode[];
  tls: boolean;
  username?: string;
  password?: string;
  /** Of the sentinels, where they want any. */
  sentinelUsername?: string;
  sentinelPassword?: string;
  /** What the sentinels call the primary; empty in a cluster. */
  primary: string;
  db: number;
}

export interface RedisNode {
  host: string;
  port: number;
}

const SINGLE = /^rediss?:$/;
const MANY =
  /^(?<tls>redis|rediss)\+(?<kind>sentinel|cluster):\/\/(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?(?<hosts>[^/?#@]+)(?:\/(?<path>[^?#]*))?(?:\?(?<query>[^#]*))?$/;
const NODE = /^(?:\[(?<ipv6>[\da-f:.]+)\]|(?<name>[^:[\]]+))(?::(?<port>\d{1,5}))?$/i;
const PORTS = { sentinel: 26_379, cluster: 6_379 };
/** What may follow the `?`. */
const QUERY = { sentinel: ["sentinel_username", "sentinel_password"], cluster: [] as string[] };

/**
 * Reads the address of a Redis; null if the text is none.
 *
 * - `redis://[user:password@]host[:port][/db]`
 * - `redis+sentinel://[user:password@]host[:port],host[:port]/primary[/db][?sentinel_username=…&sentinel_password=…]`
 * - `redis+cluster://[user:password@]host[:port],host[:port]`
 *
 * `rediss` in place of `redis` for TLS. In users and passwords `/` is written `%2F`, and so on.
 */
export function parseRedisAddress(text: string): RedisAddress | null {
  const url = URL.parse(text);
  if (url !== null && SINGLE.test(url.protocol))
    return url.hostname === "" ? null : { kind: "single", url: text };
  const parts = MANY.exec(text)?.groups;
  if (parts === undefined) return null;
  const kind = parts.kind === "cluster" ? "cluster" : "sentinel";
  const where = whereOf(kind, parts.path ?? "");
  const nodes = (parts.hosts ?? "").split(",").flatMap((each) => nodeOf(each, PORTS[kind]) ?? []);
  const login = loginOf(kind, parts);
  if (where === null || login === null || nodes.length !== parts.hosts?.split(",").length) return null;
  return { kind, nodes, tls: parts.tls === "rediss", ...login, ...where };
}

/** A cluster has one database. */
function whereOf(kind: ManyRedis["kind"], path: string): Pick<ManyRedis, "primary" | "db"> | null {
  const [primary = "", db = "0", ...rest] = path.split("/");
  if (kind === "cluster") return path === "" || path === "0" ? { primary: "", db: 0 } : null;
  return primary !== "" && /^\d{1,5}$/.test(db) && rest.length === 0 ? { primary, db: Number(db) } : null;
}

function nodeOf(text: string, usual: number): RedisNode | null {
  const parts = NODE.exec(text)?.groups;
  const host = parts?.ipv6 ?? parts?.name;
  const port = Number(parts?.port ?? usual);
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port };
}

type Login = Pick<ManyRedis, "username" | "password" | "sentinelUsername" | "sentinelPassword">;

function loginOf(kind: ManyRedis["kind"], parts: Record<string, string | undefined>): Login | null {
  const query = new URLSearchParams(parts.query);
  if ([...query.keys()].some((key) => !QUERY[kind].includes(key))) return null;
  const login = {
    username: decoded(parts.user ?? ""),
    password: decoded(parts.password ?? ""),
    sentinelUsername: query.get("sentinel_username") ?? "",
    sentinelPassword: query.get("sentinel_password") ?? "",
  };
  if (login.username === null || login.password === null) return null;
  return Object.fromEntries(Object.entries(login).filter(([, value]) => value !== ""));
}

/** Null for a text with a broken escape. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** What people call a Redis: never with user or password. */
export function redisName(text: string): string {
  const address = parseRedisAddress(text);
  if (address === null) return "Redis";
  if (address.kind === "single") {
    const { hostname, port, pathname } = new URL(address.url);
    return `Redis at ${hostname}:${port || "6379"}/${pathname.replace(/^\//, "") || "0"}`;
  }
  const nodes = address.nodes.map(shown).join(",");
  if (address.kind === "cluster") return `Redis cluster at ${nodes}`;
  return `Redis ${address.primary}/${address.db} by sentinels at ${nodes}`;
}

/** `redis://ops:secret@host:6379/0?x=y` is `redis://host:6379/0`. */
export function withoutLogin(address: string): string {
  return address.replace(/^([a-z+]+:\/\/)(?:[^/?#]*@)?([^?#]*).*$/is, "$1$2").replace(/\/$/, "");
}

function shown({ host, port }: RedisNode): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
