import { BlockList, isIP } from "node:net";
import { at } from "./bindings.ts";

/** The address of the peer's socket from what `@hono/node-server` binds to a request; null where there is none. */
export function peerAddress(bindings: unknown): string | null {
  const address = at(at(at(bindings, "incoming"), "socket"), "remoteAddress");
  return typeof address === "string" ? plain(address) : null;
}

/** Networks as `10.0.0.0/8`, `::1` or `fd00::/8`. */
export interface Networks {
  has(address: string | null): boolean;
}

/** Null if one of them is no network. */
export function parseNetworks(texts: readonly string[]): Networks | null {
  const list = new BlockList();
  for (const text of texts) {
    const [, address = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const bits = prefix === undefined ? most : Number(prefix);
    if (version === 0 || bits > most) return null;
    list.addSubnet(address, bits, version === 4 ? "ipv4" : "ipv6");
  }
  return {
    has(address) {
      const version = isIP(address ?? "");
      return address !== null && version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
    },
  };
}

/**
 * The address of who sent a request: behind trusted proxies the nearest one that isn't one of them. What stands further left in
 * X-Forwarded-For is anybody's word.
 */
export function senderAddress(trusted: Networks): (bindings: unknown) => string | null {
  return (bindings) => {
    const peer = peerAddress(bindings);
    if (!trusted.has(peer)) return peer;
    const header = at(at(at(bindings, "incoming"), "headers"), "x-forwarded-for");
    const hops = typeof header === "string" ? header.split(",").map((hop) => plain(hop.trim())) : [];
    const nearest = hops.findLast((hop) => !trusted.has(hop));
    return nearest !== undefined && isIP(nearest) !== 0 ? nearest : peer;
  };
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, "");
