import { contentPolicy } from "@spillway/contract/content-policy";
import { type Endpoint, endpoints } from "@spillway/contract/table";
import { beforeAll, describe, expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

const IDS: Record<string, string> = { queue: "letters", job_id: "job-1" };
const pathOf = ({ path }: Endpoint): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => IDS[name] ?? "none");

/** Every endpoint, and what is none. */
const ADDRESSES: [method: string, path: string][] = [
  ...Object.values<Endpoint>(endpoints).map((one): [string, string] => [one.method, pathOf(one)]),
  ["GET", "/"],
  ["GET", "/queues/letters"],
  ["GET", "/assets/none.js"],
  ["GET", "/api/none"],
  ["GET", "/api/queues?sort=bad"],
  ["GET", "/api/queues/%00/jobs"],
  ["GET", "/api/queues/%ff"],
  ["GET", "/%"],
  ["PUT", "/api/queues"],
  ["DELETE", "/api/queues/letters"],
  ["POST", "/api/queues"],
];
const WRITES = { "Content-Type": "application/json", "X-Spillway-Request": "1" };

/** How a request may be right or wrong; the last two are a browser asking on behalf of another site. */
const MANNERS: Record<string, RequestInit> = {
  "as it should be": { headers: WRITES },
  "without what a write needs": {},
  "by another host": { headers: { ...WRITES, Host: "evil.example" } },
  "from another site": {
    headers: { ...WRITES, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
  },
  "a question before a request from another site": {
    method: "OPTIONS",
    headers: {
      Origin: "https://evil.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "content-type, x-spillway-request",
      "Access-Control-Request-Private-Network": "true",
    },
  },
};

let app: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  app = await startApp();
  app.engine.add("letters", "print", {}, { id: "job-1" });
});

async function ask([method, path]: [string, string], manner: RequestInit): Promise<Response> {
  const asked = manner.method ?? method;
  const body = asked === "GET" || asked === "OPTIONS" ? {} : { body: "{}" };
  const reply = await app.send(path, { method, ...body, ...manner, signal: AbortSignal.timeout(5_000) });
  await reply.body?.cancel();
  return reply;
}

describe.each(Object.entries(MANNERS))("attacks 8 and 13: a request %s", (_, manner) => {
  test.each(ADDRESSES)(
    "%s %s is answered with all headers and lets no other origin read",
    async (...address) => {
      const { headers, status } = await ask(address, manner);
      expect({
        csp: headers.get("Content-Security-Policy"),
        nosniff: headers.get("X-Content-Type-Options"),
        frame: headers.get("X-Frame-Options"),
        referrer: headers.get("Referrer-Policy"),
        opener: headers.get("Cross-Origin-Opener-Policy"),
        resource: headers.get("Cross-Origin-Resource-Policy"),
        hsts: headers.get("Strict-Transport-Security"),
      }).toEqual({
        csp: contentPolicy(),
        nosniff: "nosniff",
        frame: "DENY",
        referrer: "no-referrer",
        opener: "same-origin",
        resource: "same-origin",
        hsts: null,
      });
      expect(headers.get("Permissions-Policy")).toMatch(/\bcamera=\(\)/);
      expect(headers.get("Cache-Control")).toMatch(/^no-(?:store$|cache, no-transform$)/);
      expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      if (manner.method === "OPTIONS") expect(status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe("the policy", () => {
  test("allows nothing unsafe, no other origin and no trusted types policy but one", () => {
    const policy = contentPolicy();
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:|nonce/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types spillway-stream");
  });

  test("is the same in development, plus a nonce and reloading; and in the demo, plus its worker", () => {
    const directives = (policy: string) =>
      new Map(policy.split("; ").map((one) => [one.split(" ", 1)[0], one]));
    const production = directives(contentPolicy());
    const differences = (policy: string) =>
      [...directives(policy)].filter(([name, text]) => production.get(name) !== text).map(([, text]) => text);
    expect(differences(contentPolicy({ nonce: "n", connect: ["ws:"] }))).toEqual([
      "script-src 'self' 'nonce-n'",
      "style-src 'self' 'nonce-n'",
      "connect-src 'self' ws:",
    ]);
    expect(differences(contentPolicy({ policies: ["spillway"] }))).toEqual([
      "trusted-types spillway-stream spillway",
    ]);
  });
});

test("TLS only is said where it is asked for, on errors too", async () => {
  const { send } = await startApp({ config: { hsts: true } });
  for (const path of ["/livez", "/api/none", "/"])
    expect((await send(path)).headers.get("Strict-Transport-Security")).toBe("max-age=31536000");
});
