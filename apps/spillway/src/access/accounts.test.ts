import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { startSpillway } from "../../e2e/fixtures/process.ts";
import { cookieOf, logIn, MAIN, spillway, tempFolder } from "./access.fixture.ts";

const PASSWORD = "correct horse battery";

describe("users", () => {
  it("are added, listed, given another password and removed; no password is in the file", () => {
    using folder = tempFolder();
    const file = folder.file("users.json");
    const user = (args: string[], input = "") => spillway(["user", ...args, "--users-file", file], input);
    expect(
      user(["add", "ana", "--role", "operator", "--full-name", "Ana Gómez"], `${PASSWORD}\n`),
    ).toMatchObject({
      status: 0,
      stdout: "ana may log in, as operator.\n",
    });
    expect(user(["add", "ana", "--role", "admin"], `${PASSWORD}\n`)).toMatchObject({ status: 78 });
    expect(user(["add", "ben", "--role", "viewer"], "too short\n").stderr).toContain("12 to 1024 characters");
    expect(user(["list"]).stdout).toBe("ana  operator  Ana Gómez\n");
    const before = readFileSync(file, "utf8");
    expect(before).not.toContain(PASSWORD);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(user(["passwd", "ana"], "another good one\n")).toMatchObject({ status: 0 });
    expect(readFileSync(file, "utf8")).not.toBe(before);
    expect(user(["passwd", "eve"], `${PASSWORD}\n`).stderr).toBe(`There is no eve in ${file}.\n`);
    expect(user(["remove", "ana"])).toMatchObject({ status: 0 });
    expect(user(["list"]).stdout).toBe("Nobody may log in.\n");
  });

  it("who were removed are logged out while the console runs, and those who were added get in", async () => {
    using folder = tempFolder();
    const file = folder.file("users.json");
    const user = (args: string[], input = "") => spillway(["user", ...args, "--users-file", file], input);
    user(["add", "ana", "--role", "admin"], `${PASSWORD}\n`);
    await using process = await startSpillway(["--users-file", file], MAIN);
    const { url } = process;
    const cookie = cookieOf(await logIn(url, "ANA", PASSWORD));
    const get = (path: string, Cookie = cookie) => fetch(`${url}${path}`, { headers: { Cookie } });
    expect(await (await get("/api/session")).json()).toMatchObject({
      actor: { id: "ana", roles: ["admin"] },
    });
    const stream = (await get("/api/events")).text();
    user(["add", "ben", "--role", "viewer"], `${PASSWORD}\n`);
    user(["remove", "ana"]);
    expect(await stream).toContain("The account is gone.");
    expect((await get("/api/session")).status).toBe(401);
    const ben = cookieOf(await logIn(url, "ben", PASSWORD));
    const { items } = await (await get("/api/audit?action=session.ended", ben)).json();
    expect(items).toMatchObject([{ details: { user: "ana", why: "The account is gone." } }]);
    const { items: started } = await (await get("/api/audit?action=console.started", ben)).json();
    expect(started[0].details).toMatchObject({ auth: "password", open_to_network: false });
  });
});

it("an account with a role that nobody knows does not start", () => {
  using folder = tempFolder();
  const file = folder.file("tokens.json");
  spillway(["token", "add", "ci", "--role", "opeartor", "--owner", "Ana", "--tokens-file", file]);
  expect(spillway(["--tokens-file", file, "--port", "0"])).toMatchObject({
    status: 78,
    stderr: "--tokens-file gives ci the role opeartor, which is neither built in nor in --roles-file.\n",
  });
});

describe("tokens", () => {
  it("mark a deploy and scrape figures until they are revoked; only their hash is kept", async () => {
    using folder = tempFolder();
    const file = folder.file("tokens.json");
    const token = (...args: string[]) => spillway(["token", ...args, "--tokens-file", file]);
    const text = token("add", "ci", "--role", "operator", "--owner", "Ana", "--expires", "90d").stdout.trim();
    expect(text).toMatch(/^spillway_[\da-f]{8}_[\w-]{43}$/);
    expect(readFileSync(file, "utf8")).not.toContain(text.slice(18));
    const id = text.slice(9, 17);
    expect(token("list").stdout).toMatch(new RegExp(`^${id}  ci  Ana  operator  expires `));
    await using process = await startSpillway(["--tokens-file", file], MAIN);
    const mark = () =>
      fetch(`${process.url}/api/markers`, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${text}`,
          "Content-Type": "application/json",
          "X-Spillway-Request": "1",
        },
        body: JSON.stringify({ title: "2.14.0", kind: "deploy" }),
      });
    expect((await mark()).status).toBe(200);
    const headers = { Authorization: `Bearer ${text}`, Accept: "text/html,*/*" };
    const scraped = await fetch(`${process.url}/metrics/prometheus`, { headers });
    expect([scraped.status, await scraped.text()]).toEqual([
      200,
      expect.stringMatching(/^spillway_engine_up 1$/m),
    ]);
    expect((await fetch(`${process.url}/metrics/prometheus`)).status).toBe(401);
    expect(token("revoke", id)).toMatchObject({ status: 0, stdout: `ci (${id}) gets in no more.\n` });
    await expect.poll(async () => (await mark()).status, { timeout: 40_000 }).toBe(401);
    expect(token("list").stdout).toContain("revoked ");
  });
});
