import { BlockList, isIP } from "node:net";

/** Where clouds answer machines about themselves, and nothing anybody would send an audit to. */
const REFUSED = new BlockList();
REFUSED.addSubnet("169.254.0.0", 16, "ipv4");
REFUSED.addSubnet("fe80::", 10, "ipv6");
REFUSED.addAddress("fd00:ec2::254", "ipv6");

/** Whether an address is link-local, also as an IPv4 address inside an IPv6 one. */
export function isLinkLocal(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && REFUSED.check(address, family === 4 ? "ipv4" : "ipv6");
}
