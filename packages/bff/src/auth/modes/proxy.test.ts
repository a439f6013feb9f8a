import { describe, expect, test } from "vitest";
import { sha256 } from "../../app.fixture.ts";
import { timesSent } from "../../node/headers-sent.ts";
import { parseNetworks, peerAddress } from "../../node/peer-address.ts";
import { createGroupRoles } from "./group-roles.ts";
import { PROXY_SECRET, proxyMode } from "./proxy.ts";

const PROXY = "10.0.0.7";
const SECRET = "known to the proxy alone";
const networks = parseNetworks(["10.0.0.0/8"]);

const mode = proxyMode({
  userHeader: "x-forwarded-user",
  groupsHeader: "x-forwarded-groups",
  secret: SECRET,
  sha256,
  isTrusted: (bindings) => networks?.has(peerAddress(bindings)) ?? false,
  timesSent,
  rolesOf: createGroupRoles(
    [
      { group: "sre", role: "operator" },
      { group: "platform", role: "admin" },
    ],
    "viewer",
  ),
});

type Pairs = [name: string, value: string][];

/** As `@hono/node-server` hands it over: what was sent twice is one header with commas, and twice in the raw ones. */
function identify(pairs: Pairs, peer = PROXY) {
  const headers = new Headers();
  for (const [name, value] of pairs) headers.append(name, value);
  const incoming = { socket: { remoteAddress: peer }, rawHeaders: pairs.flat() };
  return mode.identify(new Request("http://console:4600/api/session", { headers }), { incoming } as object);
}

const PROOF: Pairs = [[PROXY_SECRET, SECRET]];
const ANA: Pairs = [["X-Forwarded-User", "ana"]];

describe("a trusted proxy", () => {
  test("tells who it is, and what their groups allow", async () => {
    expect(await identify([...PROOF, ...ANA, ["X-Forwarded-Groups", "staff, sre,platform"]])).toEqual({
      id: "ana",
      name: "ana",
      verified: true,
      roles: ["operator", "admin"],
      auth: "proxy",
      session: null,
    });
  });

  test.each([
    ["the case of the header", [...PROOF, ["x-FORWARDED-user", "ana"]] as Pairs, PROXY],
    ["an address mapped to IPv6", [...PROOF, ...ANA] as Pairs, "::ffff:10.0.0.7"],
    ["other headers with an underscore", [...PROOF, ...ANA, ["x_trace", "1"]] as Pairs, PROXY],
  ])("is believed whatever %s", async (_, pairs, peer) =>
    expect(await identify(pairs, peer)).toMatchObject({ id: "ana", roles: ["viewer"] }),
  );
});

describe("attack 9: an identity header is believed from nobody else", () => {
  test.each<[string, Pairs, string?]>([
    ["from a stranger who knows the secret", [...PROOF, ...ANA], "203.0.113.9"],
    ["from the machine itself, which was not named", [...PROOF, ...ANA], "127.0.0.1"],
    ["from an unknown peer", [...PROOF, ...ANA], ""],
    ["without the secret", ANA],
    ["with an empty secret", [[PROXY_SECRET, ""], ...ANA]],
    ["with another secret", [[PROXY_SECRET, `${SECRET}.`], ...ANA]],
    ["with the secret in another case", [[PROXY_SECRET, SECRET.toUpperCase()], ...ANA]],
    ["with the secret twice", [...PROOF, ...PROOF, ...ANA]],
    ["with two names", [...PROOF, ...ANA, ["X-Forwarded-User", "root"]]],
    ["with the same name twice", [...PROOF, ...ANA, ...ANA]],
    ["with an empty second name", [...PROOF, ...ANA, ["X-Forwarded-User", ""]]],
    ["with a comma in the name", [...PROOF, ["X-Forwarded-User", "ana,root"]]],
    ["with a blank in the name", [...PROOF, ["X-Forwarded-User", "ana root"]]],
    ["with an empty name", [...PROOF, ["X-Forwarded-User", "  "]]],
    ["with no name", PROOF],
    ["with a name beyond ASCII", [...PROOF, ["X-Forwarded-User", "an\u00e1"]]],
    ["with a name that never ends", [...PROOF, ["X-Forwarded-User", "a".repeat(201)]]],
    ["with an underscore in place of a dash", [...PROOF, ["X_Forwarded_User", "ana"]]],
    ["with an underscored name beside the right one", [...PROOF, ...ANA, ["X_Forwarded-User", "root"]]],
    ["with an underscored secret", [["x_spillway_proxy_secret", SECRET], ...ANA]],
    [
      "with groups that somebody added",
      [...PROOF, ...ANA, ["X-Forwarded-Groups", "staff"], ["X-Forwarded-Groups", "platform"]],
    ],
    ["with underscored groups", [...PROOF, ...ANA, ["X_Forwarded_Groups", "platform"]]],
  ])("%s", async (_, pairs, peer) => expect(await identify(pairs, peer)).toBeNull());
});
