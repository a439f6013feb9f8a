import { describe, expect, test } from "vitest";
import { problemOf, startApp } from "../app.fixture.ts";

const JSON_WRITE = { "Content-Type": "application/json", "X-Spillway-Request": "1" };
const HOST = { Host: "localhost:4600" };

async function world(allowedHosts: string[] = []) {
  const app = await startApp({ config: { allowedHosts } });
  app.engine.defineQueue("letters");
  return app;
}
type World = Awaited<ReturnType<typeof world>>;

const pause = ({ send }: World, headers: Record<string, string>) =>
  send("/api/queues/letters/pause", { method: "POST", body: "{}", headers });
const isPaused = async ({ engine }: World) => (await engine.queue("letters")).paused;

describe("hosts", () => {
  test.each(["localhost", "localhost:4600", "127.0.0.1:80", "127.1.2.3", "[::1]:4600", "LocalHost"])(
    "%s is our own",
    async (host) =>
      expect((await (await world()).send("/livez", { headers: { Host: host } })).status).toBe(200),
  );

  test.each([
    "",
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "localhost,evil",
    "user@localhost",
    "[::2]",
    "0.0.0.0",
  ])("%j is refused everywhere", async (host) => {
    const app = await world();
    for (const path of ["/livez", "/api/session", "/api/events", "/", "/assets/x.js"])
      expect((await problemOf(await app.send(path, { headers: { Host: host } }), 421)).code).toBe(
        "misdirected",
      );
  });

  test("a configured name is answered", async () => {
    const app = await world(["Ops.example"]);
    expect((await app.send("/livez", { headers: { Host: "ops.example:8443" } })).status).toBe(200);
  });
});

describe("attack 5: writes from elsewhere", () => {
  test.each([
    ["a program", {}],
    ["our page", { Origin: "http://localhost:4600", "Sec-Fetch-Site": "same-origin", Cookie: "a=b" }],
    ["our page over plain http", { Origin: "http://localhost:4600", Cookie: "a=b" }],
    ["our page behind TLS", { Origin: "https://localhost:4600" }],
    ["our page behind a proxy that rewrites Host", { Origin: "https://ops.example" }],
  ])("%s may write", async (_, headers) => {
    const app = await world(["ops.example"]);
    expect((await pause(app, { ...JSON_WRITE, ...HOST, ...headers })).status).toBe(200);
    expect(await isPaused(app)).toBe(true);
  });

  test.each<[string, Record<string, string>]>([
    ["another site", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
    ["another site that hides its fetch site", { Origin: "https://evil.example" }],
    ["a sibling", { Origin: "http://localhost:4600", "Sec-Fetch-Site": "same-site" }],
    ["another port", { Origin: "http://localhost:3000" }],
    ["another port of the public name", { Origin: "https://ops.example:8443" }],
    ["an opaque origin", { Origin: "null" }],
    ["a name that begins like ours", { Origin: "http://localhost:4600.evil.example" }],
    ["a login in front of our name", { Origin: "http://localhost:4600@evil.example" }],
    ["a cookie from nowhere", { Cookie: "spillway_name=ana" }],
    ["no mark", { "X-Spillway-Request": "" }],
    ["another mark", { "X-Spillway-Request": "true" }],
  ])("%s may not", async (_, headers) => {
    const app = await world(["ops.example"]);
    const refused = await problemOf(await pause(app, { ...JSON_WRITE, ...HOST, ...headers }), 403);
    expect(refused.detail.length).toBeGreaterThan(20);
    expect(await isPaused(app)).toBe(false);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", ""])(
    "a body of type %j is not read",
    async (type) => {
      const app = await world();
      await problemOf(await pause(app, { ...JSON_WRITE, "Content-Type": type }), 415);
      expect(await isPaused(app)).toBe(false);
    },
  );
});

describe("every reply", () => {
  test.each([
    "/livez",
    "/api/session",
    "/api/nothing",
    "/nothing",
    "/api/audit/export?format=csv",
    "/api/queues?sort=bad",
  ])("%s carries the security headers and no CORS", async (path) => {
    const { headers } = await (await world()).send(path, { headers: { Origin: "https://evil.example" } });
    expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers.get("Content-Security-Policy")).not.toContain("unsafe");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("X-Request-Id")).toBeTruthy();
    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  test("a request id is taken over if it is harmless", async () => {
    const { send } = await world();
    const idFor = async (id: string) =>
      (await send("/livez", { headers: { "X-Request-Id": id } })).headers.get("X-Request-Id");
    expect(await idFor("abc-123")).toBe("abc-123");
    expect(await idFor("a b{}")).not.toBe("a b{}");
  });
});

describe("odd paths", () => {
  const ODD = [
    "/%2F",
    "//",
    "/%5C/",
    "/api/..%2f",
    "/api/queues/%2e%2e/pause",
    "/api//queues",
    "/api/queues/:queue/%",
    "/API/session",
    "/api/session/",
    "/%61pi/session;x",
    "/api/queues/letters/pause%00",
    "/api/queues/letters%2Fpause",
  ];
  test.each(ODD)("%s skips no check", async (path) => {
    const app = await world();
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect((await app.send(path, { method })).status).toBe(415);
    expect((await app.send(path, { headers: { Host: "evil.example" } })).status).toBe(421);
    expect(await isPaused(app)).toBe(false);
  });
});
