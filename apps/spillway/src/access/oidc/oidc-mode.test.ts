import { createGroupRoles, Sessions, type SignOn, sha256 } from "@spillway/bff";
import { createManualClock } from "@spillway/engine-embedded";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Forgery, hs256, rs256, startForgingProvider } from "./forging-provider.fixture.ts";
import { oidcMode } from "./oidc-mode.ts";

/** What is changed in the address that a browser comes back to. */
const changing = (change: (query: URLSearchParams) => void) => (back: URL) => {
  change(back.searchParams);
  return {};
};

type Provider = Awaited<ReturnType<typeof startForgingProvider>>;
let provider: Provider;
beforeAll(async () => {
  provider = await startForgingProvider();
});
afterAll(() => provider[Symbol.asyncDispose]());

const HERE = "http://localhost:4600/";

function mode(issuer = provider.issuer, publicUrl: string | null = null) {
  const clock = createManualClock(Date.now());
  const sessions = new Sessions({ clock, sha256, idleMs: 60_000, longestMs: 600_000 });
  const rolesOf = createGroupRoles([{ group: "sre", role: "operator" }], null);
  const options = {
    clientId: "spillway",
    clientSecret: "0123456789abcdef",
    scope: "openid",
    groupsClaim: "groups",
  };
  const made = oidcMode({
    ...options,
    issuer,
    rolesOf,
    sessions,
    basePath: "/",
    publicUrl,
    now: () => clock.now(),
  });
  if (made.signOn === undefined) throw new Error("nobody can sign on");
  return { made, signOn: made.signOn, sessions };
}

const requestOf = (url: string, cookie?: string) =>
  new Request(url, { headers: { Host: "localhost:4600", ...(cookie && { Cookie: cookie }) } });

/** A browser goes out and comes back; `change` is what happens on the way. */
async function roundTrip(
  signOn: SignOn,
  forgery: Forgery = {},
  change: (back: URL, cookie: string) => { cookie?: string } = () => ({}),
) {
  const way = await signOn.begin(requestOf(`${HERE}auth/login`), "/queues/billing");
  if (!("to" in way)) throw new Error(way.why);
  const out = new URL(way.to);
  provider.next.nonce = out.searchParams.get("nonce") ?? "";
  provider.next.forgery = forgery;
  const back = new URL(`${HERE}auth/callback?code=c`);
  back.searchParams.set("state", out.searchParams.get("state") ?? "");
  const cookie = way.cookie.split(";", 1)[0] ?? "";
  const changed = change(back, cookie);
  const verdict = await signOn.finish(requestOf(back.href, changed.cookie ?? cookie));
  return { verdict, out, cookie: way.cookie };
}

it("lets in whom the provider vouches for, with the roles of their groups, and knows them by a session", async () => {
  const { made, signOn } = mode();
  const { verdict, out } = await roundTrip(signOn);
  expect(Object.fromEntries(out.searchParams)).toMatchObject({
    response_type: "code",
    redirect_uri: "http://localhost:4600/auth/callback",
    code_challenge_method: "S256",
  });
  if (verdict.is !== "right") throw new Error(verdict.why);
  expect(verdict.actor).toMatchObject({
    id: "ana-1",
    name: "Ana",
    roles: ["operator"],
    verified: true,
    auth: "oidc",
  });
  expect([verdict.next, verdict.forget]).toEqual(["/queues/billing", [expect.stringContaining("Max-Age=0")]]);
  const { cookie } = verdict.open(requestOf(HERE));
  const known = await made.identify(requestOf(HERE, cookie.split(";", 1)[0]), undefined);
  expect(known).toMatchObject({ id: "ana-1", session: expect.any(String) });
});

it("keeps both cookies for https and the whole host where that is how browsers see it", async () => {
  const { signOn } = mode(provider.issuer, "https://ops.example/");
  const { verdict, cookie, out } = await roundTrip(signOn);
  expect(out.searchParams.get("redirect_uri")).toBe("https://ops.example/auth/callback");
  expect(cookie).toMatch(/^__Host-spillway_sign_on_.*; Path=\/; HttpOnly; SameSite=Lax; Secure/);
  if (verdict.is !== "right") throw new Error(verdict.why);
  expect(verdict.open(requestOf(HERE)).cookie).toMatch(
    /^__Host-spillway_session=.*; SameSite=Strict; Secure$/,
  );
});

const HMAC = { alg: "HS256", kid: "one" };
const claim = (change: object): Forgery => ({ claims: (good) => ({ ...good, ...change }) });
const past = Math.floor(Date.now() / 1_000) - 3_600;

describe("attack 10: forged ID tokens", () => {
  it.each<[string, Forgery]>([
    ["no algorithm", { header: { alg: "none" }, signature: () => "" }],
    ["no algorithm, spelled otherwise", { header: { alg: "nOnE" }, signature: () => "" }],
    [
      "the public key as a secret",
      {
        header: HMAC,
        signature: (text, keys) => hs256(text, keys.ownPublic.export({ type: "spki", format: "pem" })),
      },
    ],
    ["the client's secret as a key", { header: HMAC, signature: (text) => hs256(text, "0123456789abcdef") }],
    ["another's key", { signature: (text, keys) => rs256(text, keys.other) }],
    [
      "an unknown key",
      { header: { alg: "RS256", kid: "two" }, signature: (text, keys) => rs256(text, keys.other) },
    ],
    ["a signature of something else", { signature: (text, keys) => rs256(`${text}x`, keys.own) }],
    ["no signature", { signature: () => "" }],
    ["expired", claim({ exp: past, iat: past - 300 })],
    ["for somebody else", claim({ aud: "another" })],
    ["from somebody else", claim({ iss: "https://evil.example" })],
    ["for another login", claim({ nonce: "of-another" })],
    ["without a nonce", claim({ nonce: undefined })],
    ["not valid yet", claim({ nbf: past + 7_200 })],
    ["of nobody", claim({ sub: undefined })],
  ])("%s is not accepted", async (_, forgery) => {
    const { signOn, sessions } = mode();
    const { verdict } = await roundTrip(signOn, forgery);
    expect(verdict).toMatchObject({ is: "wrong", failed: "not_valid", claimed: null });
    expect(sessions.size).toBe(0);
  });

  it("a clock that is half a minute off is", async () => {
    const now = Math.floor(Date.now() / 1_000);
    const { verdict } = await roundTrip(mode().signOn, claim({ iat: now + 20, exp: now - 10 }));
    expect(verdict.is).toBe("right");
  });
});

describe("attack 10: a login that this browser did not begin", () => {
  it.each<[string, (back: URL) => { cookie?: string }]>([
    ["has another state", changing((query) => query.set("state", "of-another"))],
    ["has no state", changing((query) => query.delete("state"))],
    ["has no cookie", () => ({ cookie: "" })],
  ])("%s: nothing is asked of the provider", async (_, change) => {
    const { verdict } = await roundTrip(mode().signOn, {}, change);
    expect(verdict).toMatchObject({ is: "wrong", failed: "expired", next: "/" });
  });

  it("has the cookie of another login: it does not fit the state", async () => {
    const { signOn } = mode();
    const other = await roundTrip(signOn);
    const { verdict } = await roundTrip(signOn, {}, () => ({ cookie: other.cookie.split(";", 1)[0] ?? "" }));
    expect(verdict).toMatchObject({ is: "wrong", failed: "expired" });
  });

  it("names another issuer (mix-up)", async () => {
    const { verdict } = await roundTrip(
      mode().signOn,
      {},
      changing((query) => query.set("iss", "https://evil.example")),
    );
    expect(verdict).toMatchObject({ is: "wrong", failed: "not_valid" });
  });
});

it("denies those whose groups have no role here, with words", async () => {
  for (const groups of [["sales"], [], undefined, "sales", { sre: true }, [["sre"]]]) {
    const { verdict } = await roundTrip(mode().signOn, claim({ groups }));
    expect(verdict).toMatchObject({ is: "wrong", failed: "no_role", claimed: { id: "ana-1", roles: [] } });
    expect(verdict).toMatchObject({
      why: expect.stringContaining("no group in the claim “groups” has a role here"),
    });
  }
});

it("tells a refusal of the provider from others", async () => {
  const { verdict } = await roundTrip(mode().signOn, {}, (back) => {
    back.searchParams.delete("code");
    back.searchParams.set("error", "access_denied");
    return {};
  });
  expect(verdict).toMatchObject({
    is: "wrong",
    failed: "refused",
    why: expect.stringContaining("access_denied"),
  });
});

it("says that the provider is down, and asks again each time", async () => {
  const { signOn } = mode("http://127.0.0.1:1");
  for (let i = 0; i < 2; i++)
    expect(await signOn.begin(requestOf(`${HERE}auth/login`), "/")).toMatchObject({
      failed: "provider_down",
    });
});
