import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFrontDoor, type Fetch } from "./front-door.ts";
import { createSite, withBase } from "./static.ts";

const root = mkdtempSync(join(tmpdir(), "spillway-site-"));
mkdirSync(join(root, "assets"));
writeFileSync(join(root, "index.html"), "<!doctype html><head><base href='/' /></head>");
writeFileSync(join(root, "assets/app-1a2b.js"), "let it;");
writeFileSync(join(root, "assets/app-1a2b.js.br"), "br");
writeFileSync(join(root, "assets/app-1a2b.js.gz"), "gz");
writeFileSync(join(root, "favicon.svg"), "<svg/>");
afterAll(() => rmSync(root, { recursive: true }));

const guarded = { "Content-Security-Policy": "default-src 'self'" };
/** A BFF as the front door sees one: it knows a few paths, refuses a host, and writes its headers on everything. */
const bff: Fetch = (request) => {
  const { pathname, hostname } = new URL(request.url);
  if (hostname === "evil.example") return new Response("no", { status: 421, headers: guarded });
  const known = /\/(api\/session|metrics\/history)$/.test(pathname);
  const headers = { ...guarded, "Content-Type": known ? "application/json" : "application/problem+json" };
  return new Response(`{"path":"${pathname}"}`, { status: known ? 200 : 404, headers });
};

function door(basePath = "/") {
  const fetch = createFrontDoor(basePath, bff, createSite(root, basePath));
  return async (path: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(new Request(`http://127.0.0.1${path}`, { method, headers }));
}
const page = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("the front door", () => {
  it("gives deep links the page with its base, and never keeps it", async () => {
    for (const path of ["/", "/queues", "/queues/a%2Fb.js/jobs", "/audit?queue=x"]) {
      const reply = await door()(path, page);
      expect([path, reply.status, reply.headers.get("Content-Type")]).toEqual([
        path,
        200,
        "text/html; charset=utf-8",
      ]);
      expect(reply.headers.get("Cache-Control")).toBe("no-cache");
      expect(await reply.text()).toContain('<base href="/" />');
    }
  });

  it("puts the BFF's security headers on every reply", async () => {
    for (const path of ["/", "/assets/app-1a2b.js", "/assets/none.js", "/api/session", "/metrics/history"]) {
      const reply = await door()(path, page);
      expect([path, reply.headers.get("Content-Security-Policy")]).toEqual([path, "default-src 'self'"]);
    }
  });

  it("keeps hashed assets for ever, precompressed where the client takes it", async () => {
    const plain = await door()("/assets/app-1a2b.js");
    expect(plain.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(await plain.text()).toBe("let it;");
    const small = await door()("/assets/app-1a2b.js", { "Accept-Encoding": "gzip, deflate, br;q=0" });
    expect([await small.text(), small.headers.get("Content-Encoding")]).toEqual(["gz", "gzip"]);
    const smaller = await door()("/assets/app-1a2b.js", { "Accept-Encoding": "gzip, deflate, br" });
    expect([await smaller.text(), smaller.headers.get("Vary")]).toEqual(["br", "Accept-Encoding"]);
    const again = await door()("/assets/app-1a2b.js", { "If-None-Match": plain.headers.get("ETag") ?? "" });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("answers 404 for a missing asset, an unknown API path, a path outside", async () => {
    for (const path of [
      "/assets/none.js",
      "/none.png",
      "/api/none",
      "/assets/..%2f..%2fpackage.json",
      "/%E0%A4%A",
    ]) {
      const reply = await door()(path);
      expect([path, reply.status]).toEqual([path, 404]);
    }
    expect((await door()("/api/none", page)).status).toBe(404);
    expect((await door()("/queues", page, "POST")).status).toBe(404);
  });

  it("refuses a foreign host on the screens too", async () => {
    const fetch = createFrontDoor("/", bff, createSite(root, "/"));
    expect((await fetch(new Request("http://evil.example/", { headers: page }))).status).toBe(421);
  });

  it("gives /metrics/history as JSON unless a page is asked for", async () => {
    const json = await door()("/metrics/history", { Accept: "*/*" });
    expect([json.headers.get("Content-Type"), json.headers.get("Vary")]).toEqual([
      "application/json",
      "Accept",
    ]);
    const html = await door()("/metrics/history", page);
    expect([html.headers.get("Content-Type"), html.headers.get("Vary")]).toEqual([
      "text/html; charset=utf-8",
      "Accept",
    ]);
  });

  it("answers HEAD without a body", async () => {
    const reply = await door()("/favicon.svg", {}, "HEAD");
    expect([reply.status, reply.headers.get("Content-Length"), await reply.text()]).toEqual([200, "6", ""]);
  });

  it("lives below a base path", async () => {
    const ops = door("/ops/queues/");
    expect(await (await ops("/ops/queues/audit", page)).text()).toContain('<base href="/ops/queues/" />');
    expect((await ops("/ops/queues/assets/app-1a2b.js")).status).toBe(200);
    for (const path of ["/", "/ops/queues"]) {
      const reply = await ops(path, page);
      expect([path, reply.status, reply.headers.get("Location")]).toEqual([path, 302, "/ops/queues/"]);
    }
    expect((await ops("/audit", page)).status).toBe(404);
    expect((await ops("/ops/queuesabc", page)).status).toBe(404);
  });

  it("says so where nothing is built", async () => {
    const fetch = createFrontDoor("/", bff, createSite(join(root, "none"), "/"));
    const reply = await fetch(new Request("http://127.0.0.1/", { headers: page }));
    expect([reply.status, await reply.text()]).toEqual([503, expect.stringContaining("pnpm build")]);
  });
});

it("adds a base where the page has none", () => {
  expect(withBase("<head lang='en'><title>x", "/a/")).toBe(`<head lang='en'><base href="/a/" /><title>x`);
});
