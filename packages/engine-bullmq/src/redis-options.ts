import { clusterHome, loginTo } from "./cluster-home.ts";
import { type ManyRedis, parseRedisAddress, type RedisAddress } from "./redis-address.ts";

/** How often sentinels are asked again, ms. */
const sentinelRetryStrategy = (times: number): number => Math.min(times * 50, 1_000);

/** Where Redis is, if what has this prefix can be kept there; else what is wrong, in words. */
function resolve(url: string, prefix: string): RedisAddress | string {
  const address = parseRedisAddress(url);
  if (address === null) return "This is no address of a Redis.";
  if (address.kind !== "cluster" || hasHashTag(prefix)) return address;
  return `In a cluster BullMQ needs a prefix with a hash tag, such as {${prefix}}: it keeps the keys of a queue on one node.`;
}

/** What is wrong with an address and a prefix, in words; null if nothing is. */
export function redisFault(url: string, prefix: string): string | null {
  const resolved = resolve(url, prefix);
  return typeof resolved === "string" ? resolved : null;
}

/**
 * Where a connection leads, for the driver.
 *
 * @throws Error with what {@link redisFault} tells.
 */
export function redisOptions(url: string, prefix: string) {
  const address = resolve(url, prefix);
  if (typeof address === "string") throw new Error(address);
  if (address.kind === "single") return { url: address.url };
  if (address.kind === "sentinel") return { options: bySentinels(address) };
  return { options: { ...loginTo(address), Connector: clusterHome(address, prefix) } };
}

function bySentinels(address: ManyRedis) {
  const { nodes, primary, db, tls, sentinelUsername, sentinelPassword } = address;
  return {
    ...loginTo(address),
    sentinels: nodes.map((node) => ({ ...node })),
    name: primary,
    db,
    sentinelRetryStrategy,
    ...(sentinelUsername !== undefined && { sentinelUsername }),
    ...(sentinelPassword !== undefined && { sentinelPassword }),
    ...(tls && { sentinelTLS: {}, enableTLSForSentinelMode: true }),
  };
}

/** Redis takes what stands between the first `{` and the next `}`, if that is anything. */
function hasHashTag(prefix: string): boolean {
  const open = prefix.indexOf("{");
  return open >= 0 && prefix.indexOf("}", open) > open + 1;
}
