import { type EndpointName, endpoints } from "@spillway/contract/table";
import { sendRaw } from "@spillway/testkit/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpointOf, names, pathOf } from "../../../packages/bff/src/auth/policy/ask-everything.fixture.ts";
import { ODD_QUEUE, VARIANTS } from "../../../packages/bff/src/http/odd-paths.fixture.ts";
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
  const REQUEST = "Content-Type: application/json\r\nX-Spillway-Request: 1\r\nContent-Length: 2\r\n";
  /** Beside those of `VARIANTS`, what only a socket can send. */
  const RAW: readonly ((path: string) => string)[] = [
    (path) => `/assets/..${path}`,
    (path) => `/livez/..${path}`,
    (path) => `http://localhost${path}`,
    (path) => `http://evil.example${path}`,
    () => "*",
  ];

  /** Asks as many at once as a browser would; tells which went through, each with its status. */
  async function wentThrough(who: string, routes: readonly EndpointName[]): Promise<string[]> {
    const requests = routes.flatMap((name) =>
      [...VARIANTS, ...RAW].map((vary) => [endpoints[name].method, vary(pathOf(name, ODD_QUEUE))] as const),
    );
    const through: string[] = [];
    const lane = async () => {
      for (let next = requests.shift(); next !== undefined; next = requests.shift()) {
        const [method, path] = next;
        const { status, text } = await reply(`${method} ${path}`, REQUEST + who, "{}");
        // What is no address of the API is a page of the console, which says itself that there is none.
        if (status < 400 && !/content-type: text\/html/i.test(text))
          through.push(`${status} ${method} ${path}`);
      }
    };
    await Promise.all(Array.from({ length: 6 }, lane));
    return through;
  }

  it("lead a stranger nowhere, on any route", async () => {
    const shut = names.filter((name) => endpointOf(name).role !== "anyone");
    expect(await wentThrough("", shut)).toEqual([]);
  });

  it("lead a viewer to no write, on any route", async () => {
    const writes = names.filter((name) => endpointOf(name).action !== undefined);
    expect(await wentThrough(PROOF + ANA, writes)).toEqual([]);
  });

  it("as it should be, a path tells a viewer from a stranger", async () => {
    const path = pathOf("pauseQueue", ODD_QUEUE);
    expect(await statusOf(`POST ${path}`, REQUEST + PROOF + ANA, "{}")).toBe(403);
    expect(await statusOf(`POST ${path}`, REQUEST, "{}")).toBe(401);
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
