import { afterAll, beforeAll, expect, it } from "vitest";
import { ask } from "../../../e2e/fixtures/ask.ts";
import { createIdentityProvider, type IdentityProvider } from "../../../e2e/fixtures/identity-provider.ts";
import { type SpillwayProcess, startSpillway } from "../../../e2e/fixtures/process.ts";
import { MAIN } from "../access.fixture.ts";

let provider: IdentityProvider;
let spillway: SpillwayProcess;
beforeAll(async () => {
  provider = await createIdentityProvider({ ana: ["sre"], mallory: ["sales"] }, () => [
    `${spillway.url}/auth/callback`,
  ]);
  const flags = [
    "--oidc-issuer",
    provider.issuer,
    "--oidc-client-id",
    provider.clientId,
    "--group-roles",
    "sre=operator",
  ];
  // The provider is down: that keeps nobody from starting.
  spillway = await startSpillway(flags, MAIN, { SPILLWAY_OIDC_CLIENT_SECRET: provider.clientSecret });
});
afterAll(async () => {
  await spillway[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

type Init = { method?: string; body?: string | URLSearchParams; headers?: Record<string, string> };

/** A browser without pages: keeps cookies by host and path, and goes where it is sent. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  const go = async (url: string, init: Init = {}): Promise<Response> => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, Cookie: cookie },
    });
    for (const set of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "" || /max-age=0/i.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    const to = reply.headers.get("Location");
    return to === null ? reply : go(new URL(to, url).href);
  };
  return go;
}

async function logIn(user: string) {
  const go = browser();
  const form = await (await go(`${spillway.url}/auth/login?next=/queues`)).text();
  const [, action = ""] = /action="([^"]+)"/.exec(form) ?? [];
  const body = new URLSearchParams({ prompt: "login", login: user, password: "any" });
  const arrived = await go(new URL(action, provider.issuer).href, { method: "POST", body });
  return { go, arrived: new URL(arrived.url) };
}

it("starts without its provider, says so to who wants in, and heals by itself", async () => {
  const reply = await browser()(`${spillway.url}/auth/login?next=/queues`);
  expect(new URL(reply.url).search).toBe("?next=%2Fqueues&failed=provider_down");
  expect((await fetch(`${spillway.url}/api/overview`)).status).toBe(401);
  expect(await ask(spillway.url, "/session/login")).toMatchObject({
    mode: "oidc",
    password: false,
    go_to: "auth/login",
  });
  await provider.start();
  const { go, arrived } = await logIn("ana");
  expect(arrived.pathname + arrived.search).toBe("/login?next=%2Fqueues");
  const session = await (await go(`${spillway.url}/api/session`)).json();
  expect(session.actor).toMatchObject({ id: "ana", name: "Ana", verified: true, roles: ["operator"] });
  const { items } = await (await go(`${spillway.url}/api/audit?action=session.login`)).json();
  expect(items).toMatchObject([{ status: "success", actor: { id: "ana", auth: "oidc" } }]);
});

it("a group that has no role gets nobody in, which is on record", async () => {
  const { go, arrived } = await logIn("mallory");
  expect(arrived.search).toBe("?next=%2Fqueues&failed=no_role");
  expect((await go(`${spillway.url}/api/session`)).status).toBe(401);
  const ana = await logIn("ana");
  const { items } = await (
    await ana.go(`${spillway.url}/api/audit?action=session.login&status=failed`)
  ).json();
  expect(items).toMatchObject([
    { actor: { id: "mallory" }, details: { why: expect.stringContaining("no group") } },
  ]);
});

it("a login is over when somebody logs out", async () => {
  const { go } = await logIn("ana");
  const headers = { "Content-Type": "application/json", "X-Spillway-Request": "1", Origin: spillway.url };
  const out = await go(`${spillway.url}/api/session/logout`, { method: "POST", body: "{}", headers });
  expect(out.status).toBe(200);
  const farewell = new URL((await out.json()).go_to);
  expect([farewell.origin, farewell.searchParams.get("post_logout_redirect_uri")]).toEqual([
    provider.issuer,
    `${spillway.url}/login`,
  ]);
  const question = await (await go(farewell.href)).text();
  expect(question).toMatch(/sign.?out/i);
  expect((await go(`${spillway.url}/api/session`)).status).toBe(401);
});

it("attack 11: wherever somebody wants to go, they end up on the login page of this console", async () => {
  for (const next of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "x".repeat(5_000),
  ]) {
    const reply = await fetch(
      `${spillway.url}/auth/callback?code=a&state=b&next=${encodeURIComponent(next)}`,
      { redirect: "manual" },
    );
    expect(reply.headers.get("Location")).toBe("/login?next=%2F&failed=expired");
  }
});
