import { describe, expect, test } from "vitest";
import { parseNetworks, senderAddress } from "./peer-address.ts";

const bindings = (remoteAddress: string, forwarded?: string) => ({
  incoming: {
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  },
});

describe("who sent a request", () => {
  const networks = parseNetworks(["10.0.0.0/8", "::1", "fd00::/8"]);
  const sender = (peer: string, forwarded?: string) =>
    networks && senderAddress(networks)(bindings(peer, forwarded));

  test.each([
    ["a stranger, whatever it claims", "203.0.113.9", "10.0.0.1", "203.0.113.9"],
    ["through a proxy", "10.0.0.7", "198.51.100.4", "198.51.100.4"],
    ["through two of them", "::ffff:10.0.0.7", "198.51.100.4, 10.9.9.9", "198.51.100.4"],
    ["claiming to be another", "10.0.0.7", "127.0.0.1, 198.51.100.4", "198.51.100.4"],
    ["over IPv6", "fd00::7", "2001:db8::4", "2001:db8::4"],
    ["with nonsense", "10.0.0.7", "unknown", "10.0.0.7"],
    ["with nothing", "10.0.0.7", undefined, "10.0.0.7"],
    ["the proxy itself", "10.0.0.7", "10.0.0.8", "10.0.0.7"],
  ])("%s", (_, peer, forwarded, expected) => expect(sender(peer, forwarded)).toBe(expected));
});

test.each(["", "10.0.0.0/33", "::/129", "ops.example", "10.0.0.0/", "10.0.0/8", "*"])(
  "%j is no network",
  (text) => expect(parseNetworks([text])).toBeNull(),
);
