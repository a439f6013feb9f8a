import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentPolicy } from "@spillway/contract/content-policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import { toConfig } from "./config.ts";
import { parseCommand } from "./parse-flags.ts";
import { type Listening, listen } from "./serve.ts";

const log = { info() {}, warn() {}, error() {} };
const root = mkdtempSync(join(tmpdir(), "spillway-site-"));
mkdirSync(join(root, "assets"));
writeFileSync(join(root, "index.html"), "<!doctype html><head><base href='/' /></head>");
writeFileSync(join(root, "assets/app-1a2b.js"), "let it;");
writeFileSync(join(root, "assets/app-1a2b.js.br"), "br");

let listening: Listening;
beforeAll(async () => {
  const command = parseCommand(["--port", "0", "--base-path", "/ops"], {});
  if (command.kind !== "run") throw new TypeError("It is to run.");
  const config = toConfig(command.flags);
  listening = await listen(await compose(config, log, root), config, log);
});
afterAll(async () => {
  await listening.close();
  rmSync(root, { recursive: true });
});

/** What came back for these bytes; the head of it, name by name. */
async function exchange(request: string): Promise<{ status: number; headers: Map<string, string> }> {
  const { hostname, port } = new URL(listening.url);
  const socket = connect(Number(port), hostname);
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part));
  socket.on("error", () => undefined);
  socket.write(request.replace("HOST", `${hostname}:${port}`));
  await once(socket, "close");
  const [first = "", ...lines] = (Buffer.concat(parts).toString("latin1").split("\r\n\r\n")[0] ?? "").split(
    "\r\n",
  );
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(":");
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return { status: Number(first.split(" ")[1]), headers: new Map(headers) };
}

const get = (target: string, ...more: string[]): string =>
  [`GET ${target} HTTP/1.1`, "Host: HOST", "Connection: close", ...more, "", ""].join("\r\n");

describe("attack 13: over a socket", () => {
  it.each<[what: string, request: string, status: number]>([
    ["the page", get("/ops/", "Accept: text/html"), 200],
    ["a deep link", get("/ops/queues/a%2Fb/jobs", "Accept: text/html"), 200],
    ["an asset", get("/ops/assets/app-1a2b.js"), 200],
    ["an asset, compressed", get("/ops/assets/app-1a2b.js", "Accept-Encoding: br"), 200],
    ["an asset that is not there", get("/ops/assets/none.js"), 404],
    ["what lies beside the site", get("/ops/assets/..%2f..%2fpackage.json"), 404],
    ["the way to the base path", get("/ops"), 302],
    ["what is not below it", get("/elsewhere", "Accept: text/html"), 404],
    ["the API", get("/ops/api/session"), 200],
    ["what the API lacks", get("/ops/api/none"), 404],
    ["a bad question", get("/ops/api/queues?sort=bad"), 400],
    ["the metrics page", get("/ops/metrics/history", "Accept: text/html"), 200],
    ["a foreign host", get("/ops/").replace("HOST", "evil.example"), 421],
    ["a head only", get("/ops/assets/app-1a2b.js").replace("GET", "HEAD"), 200],
    ["an odd path", get("/ops/%"), 404],
    ["an odd method", get("/ops/api/queues").replace("GET", "PROPFIND"), 415],
    ["a write as nobody sends it", get("/ops/api/queues/x/pause").replace("GET", "POST"), 415],
  ])("%s carries the whole policy", async (_, request, status) => {
    const reply = await exchange(request);
    expect(reply.status).toBe(status);
    expect(reply.headers.get("content-security-policy")).toBe(contentPolicy());
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
    expect(reply.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(reply.headers.has("permissions-policy")).toBe(true);
    expect(reply.headers.has("cache-control")).toBe(true);
    expect([...reply.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    for (const name of ["strict-transport-security", "server", "x-powered-by"])
      expect(reply.headers.has(name)).toBe(false);
  });

  it.each(["/ops/", "/ops/assets/app-1a2b.js"])("%s that did not change carries it too", async (target) => {
    const known = (await exchange(get(target, "Accept: text/html"))).headers.get("etag");
    const reply = await exchange(get(target, "Accept: text/html", `If-None-Match: ${known}`));
    expect(reply.status).toBe(304);
    expect(reply.headers.get("content-security-policy")).toBe(contentPolicy());
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each([
    ["no HTTP at all", "hello\r\n\r\n"],
    ["a header that is none", "GET /ops/ HTTP/1.1\r\nHost: HOST\r\nno colon\r\n\r\n"],
    ["two lengths", "POST /ops/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
    ["no target", "GET HTTP/1.1\r\nHost: HOST\r\n\r\n"],
    ["a target that is no address", get("//[")],
    ["a host that is none", get("/ops/").replace("HOST", "[:::")],
  ])("%s is refused, with nothing in it that could be shown or kept", async (_, request) => {
    const { status, headers } = await exchange(request);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
  });
});
