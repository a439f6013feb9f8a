import { sendRaw } from "@spillway/testkit/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SpillwayProcess, startSpillway } from "../e2e/fixtures/process.ts";
import { MAIN } from "./access/access.fixture.ts";

const SECRET = "known to the proxy alone";
const PROOF = `X-Spillway-Proxy-Secret: ${SECRET}\r\n`;
const ANA = "X-Forwarded-User: ana\r\n";

let spillway: SpillwayProcess;
beforeAll(async () => {
  const flags = ["--trusted-proxy", "127.0.0.1", "--auth-proxy-header", "X-Forwarded-User"];
  const more = ["--default-role", "viewer", "--limits", "off"];
  spillway = await startSpillway([...flags, ...more], MAIN, { SPILLWAY_PROXY_SECRET: SECRET });
});
afterAll(() => spillway[Symbol.asyncDispose]());

/** As it goes over the wire, which no client would let through like that. */
const reply = (line: string, headers: string, body = "") =>
  sendRaw(spillway.url, `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n${body}`);
const statusOf = async (...request: Parameters<typeof reply>): Promise<number> =>
  (await reply(...request)).status;

describe("attack 9: identity headers over bare sockets", () => {
  it("are believed as they should be, in any case", async () => {
    expect(await statusOf("GET /api/session", PROOF + ANA)).toBe(200);
    expect(await statusOf("GET /api/session", PROOF + ANA.toLowerCase())).toBe(200);
  });

  it.each([
    ["no secret", ANA],
    ["another secret", `X-Spillway-Proxy-Secret: ${SECRET}.\r\n${ANA}`],
    ["the secret twice", PROOF + PROOF + ANA],
    ["the name twice", PROOF + ANA + ANA],
    ["two names", `${PROOF}${ANA}X-Forwarded-User: root\r\n`],
    ["two names in two cases", `${PROOF}${ANA}x-forwarded-USER: root\r\n`],
    ["an empty second one", `${PROOF}${ANA}X-Forwarded-User:\r\n`],
    ["a comma", `${PROOF}X-Forwarded-User: ana,root\r\n`],
    ["an underscored name", `${PROOF}X_Forwarded_User: ana\r\n`],
    ["an underscored one beside it", `${PROOF}${ANA}X_Forwarded_User: root\r\n`],
    ["an underscored secret", `X_Spillway_Proxy_Secret: ${SECRET}\r\n${ANA}`],
    ["a blank before the colon", `${PROOF}X-Forwarded-User : ana\r\n`],
    ["a folded line", `${PROOF}X-Forwarded-User:\r\n ana\r\n`],
    ["a bare line feed", `${PROOF}X-Other: 1\nX-Forwarded-User: ana\r\n`],
    ["a NUL", `${PROOF}X-Forwarded-User: ana\0\r\n`],
  ])("%s: nobody gets in", async (_, headers) =>
    expect([400, 401]).toContain(await statusOf("GET /api/session", headers)),
  );
});

describe("attack 3: odd paths over bare sockets", () => {
  const PATHS = [
    "/api/queues/billing/pause",
    "//api/queues/billing/pause",
    "/api//queues/billing/pause",
    "/api/queues%2Fbilling/pause",
    "/api/queues%2fbilling%2fpause",
    "/api/queues/./billing/pause",
    "/api/queues/x/../billing/pause",
    "/api/queues/x/%2e%2e/billing/pause",
    "/api/queues/x%2F..%2Fbilling/pause",
    "/api/queues/x%5C..%5Cbilling/pause",
    "\\api\\queues\\billing\\pause",
    "/api\\queues\\billing\\pause",
    "/assets/../api/queues/billing/pause",
    "/livez/../api/queues/billing/pause",
    "/API/queues/billing/pause",
    "/api/queues/billing/pause/",
    "/api/queues/billing/pause%00",
    "/api/queues/billing/pause;x",
    "http://localhost/api/queues/billing/pause",
    "http://evil.example/api/queues/billing/pause",
    "*",
  ];
  const WRITE = "Content-Type: application/json\r\nX-Spillway-Request: 1\r\nContent-Length: 2\r\n";

  it("lead neither a viewer nor a stranger to a write", async () => {
    const found: [string, number][] = [];
    for (const who of [PROOF + ANA, ""])
      for (const path of PATHS) found.push([path, await statusOf(`POST ${path}`, WRITE + who, "{}")]);
    expect(found.filter(([, status]) => status < 400)).toEqual([]);
    const [[, viewer] = [], [, stranger] = []] = found.filter(([path]) => path === PATHS[0]);
    expect([viewer, stranger], "the path as it should be").toEqual([403, 401]);
  });

  it.each([
    "/../../etc/passwd",
    "/assets/..%2f..%2fspillway.js",
    "/assets/%2e%2e/%2e%2e/package.json",
    "/..\\..\\x",
  ])("%s is no file", async (path) => {
    const { status, text } = await reply(`GET ${path}`, PROOF + ANA);
    // What is no file is a page of the console, which says itself that there is none.
    if (status === 200) expect(text).toMatch(/\r\n\r\n(?:[\da-f]+\r\n)?<!doctype html>/i);
    expect(text).not.toMatch(/root:|"dependencies"|import\s*\{/);
  });
});
