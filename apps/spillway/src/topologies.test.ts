import { writeFileSync } from "node:fs";
import { findCaddy, findNginx, freePort, selfSigned, startCaddy, startNginx } from "@spillway/testkit/node";
import { describe, expect, it } from "vitest";
import { createVisitor, type Visitor } from "../e2e/fixtures/https-client.ts";
import { createIdentityProvider } from "../e2e/fixtures/identity-provider.ts";
import { type SpillwayProcess, startSpillway } from "../e2e/fixtures/process.ts";
import { argumentsIn, caddyOfReadme, nginxOfReadme, snippet } from "../e2e/fixtures/readme.ts";
import { MAIN, spillway, tempFolder } from "./access/access.fixture.ts";

const PASSWORD = "correct horse battery";
const NAME = "ops.example.com";

/** Logs in, acts, and is told live: what a person at a browser needs of whatever stands between. */
async function works(visitor: Visitor, logIn = withPassword): Promise<void> {
  expect((await visitor.ask("/api/overview")).status).toBe(401);
  await logIn(visitor);
  const pause = await visitor.ask("/api/queues/billing/pause", { body: { reason: "drill" } });
  expect([pause.status, pause.text]).toEqual([200, expect.stringContaining("success")]);
  const live = await visitor.listen("/api/events", /^event: metrics$/m, 10_000);
  expect(live.text).toMatch(/^event: hello$[\s\S]*^event: metrics$/m);
}

async function withPassword(visitor: Visitor): Promise<void> {
  const login = await visitor.ask("/api/session/login", { body: { user: "ana", password: PASSWORD } });
  expect([login.status, login.text]).toEqual([200, expect.stringContaining("ana")]);
}

/** Out to the provider, through its page, and back to the address that is registered there. */
async function atProvider(visitor: Visitor): Promise<void> {
  const out = await visitor.ask("/auth/login?next=/queues/letters");
  const jar = new Map<string, string>();
  const atTheirs = async (url: string, body?: URLSearchParams): Promise<string> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(url, {
      headers: { Cookie: cookie },
      redirect: "manual",
      ...(body && { method: "POST", body }),
    });
    for (const set of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const to = reply.headers.get("Location");
    if (to === null) return reply.text();
    const next = new URL(to, url);
    return next.hostname === NAME ? next.href : atTheirs(next.href);
  };
  const form = await atTheirs(out.headers.location ?? "");
  const action = /action="([^"]+)"/.exec(form)?.[1] ?? "";
  const credentials = new URLSearchParams({ prompt: "login", login: "ana", password: "any" });
  const back = await atTheirs(new URL(action, out.headers.location).href, credentials);
  expect(back).toMatch(/^https:\/\/ops\.example\.com\/queues\/auth\/callback\?/);
  const arrived = await visitor.ask(back.replace(`https://${NAME}/queues`, ""));
  expect(arrived.headers.location).toBe("/queues/login?next=%2Fqueues%2Fletters");
  expect(arrived.headers["set-cookie"]?.join()).toMatch(
    /__Secure-spillway_session=[^;]+; Path=\/queues\/; HttpOnly; SameSite=Strict; Secure/,
  );
}

/** The people of the README's first line. */
function withAna(folder: ReturnType<typeof tempFolder>): string {
  const file = folder.file("users.json");
  const args = argumentsIn(snippet("sh name=password"), "user").map((one) =>
    one.endsWith(".json") ? file : one,
  );
  expect(spillway(args, `${PASSWORD}\n`)).toMatchObject({ status: 0 });
  return file;
}

/** The console as the README has it before an OpenID provider, and such a provider; both end with the stack. */
async function startWithProvider(stack: AsyncDisposableStack): Promise<SpillwayProcess> {
  const back = `https://${NAME}/queues/auth/callback`;
  const provider = stack.use(await createIdentityProvider({ ana: ["platform"] }, () => [back]));
  await provider.start();
  const args = argumentsIn(snippet("sh name=oidc")).map((one) =>
    one.startsWith("https://login.") ? provider.issuer : one,
  );
  return stack.use(await startSpillway(args, MAIN, { SPILLWAY_OIDC_CLIENT_SECRET: provider.clientSecret }));
}

describe("attack 6: what people put before it", () => {
  it("nothing, on loopback and on the network by plain http", async () => {
    using folder = tempFolder();
    const users = ["--users-file", withAna(folder), "--host", "0.0.0.0", "--allowed-host", "10.1.2.3"];
    await using console = await startSpillway(users, MAIN);
    const port = Number(new URL(console.url).port);
    await works(createVisitor(`http://localhost:${port}/`, port));
    await works(createVisitor(`http://10.1.2.3:${port}/`, port));
    const stranger = createVisitor(`http://10.9.9.9:${port}/`, port);
    const refused = await stranger.ask("/api/session");
    expect([refused.status, refused.text]).toEqual([421, expect.stringContaining("--allowed-host")]);
  });

  it.skipIf(findNginx() === null)("the nginx of the README: TLS, a path, and its password", async () => {
    using folder = tempFolder();
    const file = withAna(folder);
    const args = argumentsIn(snippet("sh name=password")).map((one) => (one.endsWith(".json") ? file : one));
    await using console = await startSpillway(args, MAIN);
    const { certificate, key } = selfSigned(NAME);
    writeFileSync(folder.file("cert.pem"), certificate);
    writeFileSync(folder.file("key.pem"), key);
    const port = await freePort();
    const files = { certificate: folder.file("cert.pem"), key: folder.file("key.pem") };
    await using _ = await startNginx({
      port,
      sites: nginxOfReadme({ port, ...files, console: console.url }),
    });
    const visitor = createVisitor(`https://${NAME}:${port}/queues/`, port, certificate);
    await works(visitor);
    const session = await visitor.ask("/api/session/login", { body: { user: "ana", password: PASSWORD } });
    expect(session.headers["set-cookie"]?.join()).toMatch(
      /^__Secure-spillway_session=.*Path=\/queues\/; .*Secure/,
    );
    expect((await visitor.ask("/", { headers: { Accept: "text/html" } })).status).not.toBe(404);
    const records = JSON.parse((await visitor.ask("/api/audit?action=queue.pause")).text);
    expect(records.items[0].actor).toMatchObject({ id: "ana", auth: "password", ip: "127.0.0.1" });
  });

  it.skipIf(findNginx() === null)("the nginx of the README, and its OpenID provider", async () => {
    using folder = tempFolder();
    const { certificate, key } = selfSigned(NAME);
    writeFileSync(folder.file("cert.pem"), certificate);
    writeFileSync(folder.file("key.pem"), key);
    await using stack = new AsyncDisposableStack();
    const console = await startWithProvider(stack);
    const port = await freePort();
    const files = { certificate: folder.file("cert.pem"), key: folder.file("key.pem") };
    await using _ = await startNginx({
      port,
      sites: nginxOfReadme({ port, ...files, console: console.url }),
    });
    const visitor = createVisitor(`https://${NAME}/queues/`, port, certificate);
    await works(visitor, atProvider);
    const records = JSON.parse((await visitor.ask("/api/audit?action=queue.pause")).text);
    expect(records.items[0].actor).toMatchObject({ id: "ana", name: "Ana", auth: "oidc", ip: "127.0.0.1" });
    const session = JSON.parse((await visitor.ask("/api/session")).text);
    expect(session.actor.roles).toEqual(["admin"]);
  });

  it.skipIf(findCaddy() === null)(
    "the Caddy of the README: its certificate, a path, and passwords",
    async () => {
      using folder = tempFolder();
      const args = ["--users-file", withAna(folder), "--allowed-host", NAME, "--trusted-proxy", "127.0.0.1"];
      await using console = await startSpillway([...args, "--base-path", "/ops/queues"], MAIN);
      const [port, httpPort] = [await freePort(), await freePort()];
      await using caddy = await startCaddy({ port, httpPort, sites: caddyOfReadme(console.url) });
      const visitor = createVisitor(`https://${NAME}:${port}/ops/queues/`, port, caddy.certificate);
      const page = { headers: { Accept: "text/html" } };
      const deep = await visitor.ask("/queues/billing/jobs?state=failed", page);
      // The page, or where the screens are not built yet, that they are not.
      const itself = await fetch(`${console.url}/queues/billing/jobs?state=failed`, page);
      expect([deep.status, deep.text]).toEqual([itself.status, await itself.text()]);
      if (deep.status !== 503) expect(deep.text).toContain('<base href="/ops/queues/"');
      const short = await visitor.ask("", page);
      expect([short.status, short.headers.location]).toEqual([302, "/ops/queues/"]);
      await works(visitor);
      const login = await visitor.ask("/api/session/login", { body: { user: "ana", password: PASSWORD } });
      expect(login.headers["set-cookie"]?.join()).toMatch(
        /^__Secure-spillway_session=.*Path=\/ops\/queues\/; .*Secure/,
      );
      const records = JSON.parse((await visitor.ask("/api/audit?action=queue.pause")).text);
      expect(records.items[0].actor).toMatchObject({ id: "ana", auth: "password", ip: "127.0.0.1" });
    },
  );

  it.skipIf(findCaddy() === null)(
    "a Caddy before an OpenID provider: out, and back to the deep link",
    async () => {
      await using stack = new AsyncDisposableStack();
      const console = await startWithProvider(stack);
      const [port, httpPort] = [await freePort(), await freePort()];
      const sites = caddyOfReadme(console.url).replace("/ops/queues*", "/queues*");
      await using caddy = await startCaddy({ port, httpPort, sites });
      await works(createVisitor(`https://${NAME}/queues/`, port, caddy.certificate), atProvider);
    },
  );

  it.skipIf(findNginx() === null)(
    "an nginx that rewrites Host, at the root; a 403 names the setting",
    async () => {
      using folder = tempFolder();
      const { certificate, key } = selfSigned(NAME);
      writeFileSync(folder.file("cert.pem"), certificate);
      writeFileSync(folder.file("key.pem"), key);
      const users = ["--users-file", withAna(folder)];
      const port = await freePort();
      await using console = await startSpillway([...users, "--allowed-host", NAME], MAIN);
      const sites = `server { listen 127.0.0.1:${port} ssl; ssl_certificate ${folder.file("cert.pem")};
        ssl_certificate_key ${folder.file("key.pem")}; location / { proxy_pass ${console.url}; } }`;
      await using _ = await startNginx({ port, sites });
      // As at port 443, which a browser leaves out.
      const visitor = createVisitor(`https://${NAME}/`, port, certificate);
      await works(visitor);
      const headers = { Origin: "https://other.example.com" };
      const refused = await visitor.ask("/api/queues/billing/resume", { body: {}, headers });
      expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("--allowed-host")]);
    },
  );
});

describe("fault 39: the nginx of the README", () => {
  it.skipIf(findNginx() === null)(
    "keeps a stream open on which nothing but heartbeats comes",
    async () => {
      using folder = tempFolder();
      const file = withAna(folder);
      const args = argumentsIn(snippet("sh name=password")).map((one) =>
        one.endsWith(".json") ? file : one,
      );
      await using console = await startSpillway(args, MAIN);
      const { certificate, key } = selfSigned(NAME);
      writeFileSync(folder.file("cert.pem"), certificate);
      writeFileSync(folder.file("key.pem"), key);
      const port = await freePort();
      const files = { certificate: folder.file("cert.pem"), key: folder.file("key.pem") };
      await using _ = await startNginx({
        port,
        sites: nginxOfReadme({ port, ...files, console: console.url }),
      });
      const visitor = createVisitor(`https://${NAME}:${port}/queues/`, port, certificate);
      await visitor.ask("/api/session/login", { body: { user: "ana", password: PASSWORD } });
      const { text, ended } = await visitor.listen("/api/events?topic=marker", /^: still here$/m, 45_000);
      expect([ended, text]).toEqual([false, expect.stringMatching(/^event: hello$[\s\S]*^: still here$/m)]);
    },
    90_000,
  );
});
