import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { startSpillway } from "../../e2e/fixtures/process.ts";
import { toConfig } from "../config.ts";
import { parseCommand } from "../parse-flags.ts";
import { UsageError } from "../usage-error.ts";
import { MAIN, spillway, tempFolder } from "./access.fixture.ts";

const HOSTS = ["0.0.0.0", "::", "0", "10.0.0.5", "ops.example", "127.0.0.1.nip.io", "::ffff:127.0.0.1"];

/** Ways to let people in, or nobody, or everybody; each with whether a network may then see it. */
const AUTH: readonly (readonly [
  name: string,
  args: readonly string[],
  env: Record<string, string>,
  opens: boolean,
])[] = [
  ["nothing", [], {}, false],
  ["a read-only switch", ["--read-only"], {}, false],
  ["a default role", ["--default-role", "none"], {}, false],
  ["a users file", ["--users-file", "users.json"], {}, true],
  ["a tokens file", ["--tokens-file", "tokens.json"], {}, true],
  [
    "a proxy",
    ["--auth-proxy-header", "X-Forwarded-User", "--trusted-proxy", "10.0.0.0/8"],
    { SPILLWAY_PROXY_SECRET: "known to the proxy alone" },
    true,
  ],
  [
    "a provider",
    [
      "--oidc-issuer",
      "https://id.example",
      "--oidc-client-id",
      "spillway",
      "--public-url",
      "https://ops.example",
    ],
    {},
    true,
  ],
  ["who insists", ["--insecure-no-auth"], {}, true],
];
const LOOPBACK = ["localhost", "127.0.0.1", "127.8.9.10", "::1"];
const CELLS = [...HOSTS, ...LOOPBACK].flatMap((host) =>
  AUTH.map(([name, args, env, opens]) => ({
    host,
    name,
    args,
    env,
    starts: opens || LOOPBACK.includes(host),
  })),
);

/** Whether the settings are taken; what starts a process is tried for some of them below. */
function isTaken({ host, args, env }: (typeof CELLS)[number]): boolean {
  const command = parseCommand(["--host", host, ...args], env);
  if (command.kind !== "run") throw new Error(`${command.kind} is not run.`);
  try {
    toConfig(command.flags);
    return true;
  } catch (error) {
    if (error instanceof UsageError && error.message.includes("would let anyone on the network act"))
      return false;
    throw error;
  }
}

describe("attack 1: open on the network", () => {
  it.each(CELLS)("$host with $name: taken $starts", (cell) => expect(isTaken(cell)).toBe(cell.starts));

  it.each(HOSTS)("%s without auth does not start", (host) => {
    const { status, stdout, stderr } = spillway(["--host", host, "--port", "0"]);
    expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([78, "", 1]);
    expect(stderr).toContain(`--host ${host} would let anyone on the network act on your queues`);
    expect(stderr).toContain("--users-file FILE (`spillway user add` fills it)");
  });

  it("the environment opens it no more than an argument", () => {
    expect(spillway([], "", { SPILLWAY_HOST: "0.0.0.0" })).toMatchObject({ status: 78 });
  });

  it.each([
    ["--users-file", '{"users":[]}', {}],
    ["--tokens-file", '{"tokens":[]}', {}],
    ["--auth-proxy-header", null, { SPILLWAY_PROXY_SECRET: "known to the proxy alone" }],
  ])("0.0.0.0 with %s starts, and lets nobody in who isn't known", async (flag, text, env) => {
    using folder = tempFolder();
    const value = text === null ? "X-Forwarded-User" : folder.file("accounts.json");
    if (text !== null) writeFileSync(value, text);
    const more = text === null ? ["--trusted-proxy", "10.0.0.0/8"] : [];
    await using process = await startSpillway(["--host", "0.0.0.0", flag, value, ...more], MAIN, env);
    const url = process.url.replace("0.0.0.0", "127.0.0.1");
    expect((await fetch(`${url}/api/overview`)).status).toBe(401);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it("0.0.0.0 starts where somebody insists, says so on every screen and puts it on record", async () => {
    await using process = await startSpillway(["--host", "0.0.0.0", "--insecure-no-auth"], MAIN);
    const url = process.url.replace("0.0.0.0", "127.0.0.1");
    const read = async (path: string) => (await fetch(`${url}/api/${path}`)).json();
    expect((await read("session")).auth).toMatchObject({ mode: "none", is_open: true });
    expect((await read("audit?action=console.opened")).items).toHaveLength(1);
  });

  it("loopback without auth starts, and is not called open", async () => {
    await using process = await startSpillway(["--host", "localhost"], MAIN);
    const { auth } = await (await fetch(`${process.url}/api/session`)).json();
    expect(auth).toMatchObject({ mode: "none", is_open: false });
  });

  it.each([
    ['{"users":[{"name":"ana"}]}', /:1: users\.0\.roles: /],
    [
      '{\n"users": [\n{"name": "ana", "roles": ["viewer"], "hash": "hunter2"}]}',
      /:3: users\.0\.hash: must be a hash/,
    ],
    ['{"tokens":[]}', /:1: users: /],
    ["{", /is not JSON/],
  ])("a users file that can't be used is a line with its place: %j", (text, message) => {
    using folder = tempFolder();
    writeFileSync(folder.file("users.json"), text);
    const { status, stderr } = spillway(["--users-file", folder.file("users.json")]);
    expect([status, stderr.trimEnd().split("\n").length]).toEqual([78, 1]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("hunter2");
  });
});
