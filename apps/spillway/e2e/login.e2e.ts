import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { findNginx, freePort, selfSigned, startNginx } from "@spillway/testkit/node";
import { ask } from "./fixtures/ask.ts";
import { violations } from "./fixtures/axe.ts";
import { expectLive, flip, rowWith, screen } from "./fixtures/person.ts";
import { startSpillway } from "./fixtures/process.ts";
import { test as base, expect } from "./fixtures/test.ts";

const PASSWORD = "correct horse battery";
const BUNDLE = join(import.meta.dirname, "../dist/spillway.js");

interface Accounts {
  /** The command line of the product, with what it prints. */
  run: (args: readonly string[], input?: string) => string;
  users: string;
  tokens: string;
}

const test = base.extend<{ accounts: Accounts }>({
  accounts: async ({ guard }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "spillway-login-"));
    const [users, tokens] = [join(folder, "users.json"), join(folder, "tokens.json")];
    const run: Accounts["run"] = (args, input = "") =>
      spawnSync(process.execPath, [BUNDLE, ...args], { input, encoding: "utf8" }).stdout.trim();
    run(
      ["user", "add", "ana", "--role", "admin", "--full-name", "Ana Gómez", "--users-file", users],
      PASSWORD,
    );
    // A browser reports each refusal, which is what these tests are about.
    guard.expect(/the server responded with a status of (401|429)/);
    await use({ run, users, tokens });
    rmSync(folder, { recursive: true, force: true });
  },
});

async function logIn(page: Page, password = PASSWORD): Promise<void> {
  const form = page.getByRole("form", { name: "Log in" });
  await form.getByLabel("Name").fill("ana");
  await form.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
}

const ended = (page: Page) => page.getByRole("dialog", { name: "Your session has ended" });

test("a deep link leads through the login and back, by keyboard alone", async ({
  page,
  spillway,
  accounts,
  look,
}) => {
  const { url } = await spillway.embedded({ args: ["--users-file", accounts.users, "--name", "production"] });
  await page.goto(`${url}/queues/billing/jobs?state=failed`);
  await expect(page.getByRole("heading", { name: "Log in to production" })).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await look(page, "the login");
  await page.keyboard.type("ana");
  await page.keyboard.press("Tab");
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("The name or the password is not right.");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${url}/queues/billing/jobs?state=failed`);
  await expectLive(page);
  await page.goto(`${url}/audit`);
  await expect(rowWith(page, "session.login").first()).toContainText("Ana Gómez");
  await page.reload();
  await expect(rowWith(page, "session.login").first()).toBeVisible();
});

test("attack 11: the login leads to no other site", async ({ page, spillway, accounts }) => {
  const { url } = await spillway.embedded({ args: ["--users-file", accounts.users] });
  for (const next of [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/%09/evil.example",
    "/.//evil.example",
  ]) {
    await page.context().clearCookies();
    await page.goto(`${url}/login?next=${encodeURIComponent(next)}`);
    await logIn(page);
    await expect(page.getByRole("button", { name: "Ana Gómez, your account" })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(url);
  }
});

test("too many attempts wait, and say how long", async ({ page, spillway, accounts }) => {
  const { url } = await spillway.embedded({ args: ["--users-file", accounts.users] });
  await page.goto(url);
  for (let attempt = 0; attempt < 6; attempt++) {
    const answered = page.waitForResponse(
      (reply) => reply.url().endsWith("/api/session/login") && reply.request().method() === "POST",
    );
    await logIn(page, `guess ${attempt}`);
    await answered;
  }
  await expect(page.getByRole("alert")).toHaveText(/^Too many attempts\. Try again in \d+ s\.$/);
});

test("a session that ends in the middle of something loses nothing", async ({
  page,
  spillway,
  accounts,
  look,
}) => {
  const { url } = await spillway.embedded({
    args: ["--users-file", accounts.users, "--session-idle", "15s"],
  });
  await page.goto(`${url}/queues/emails`);
  await logIn(page);
  await expectLive(page);
  await screen(page).getByRole("button", { name: "Pause… emails" }).click();
  const question = page.getByRole("dialog", { name: "Pause emails?" });
  await question.getByLabel(/^Reason/).fill("the provider is down");
  await expect(ended(page)).toBeVisible({ timeout: 60_000 });
  await look(page, "a session that ended");
  await logIn(page);
  await expect(ended(page)).toBeHidden();
  await expect(question.getByLabel(/^Reason/)).toHaveValue("the provider is down");
  await question.locator("button[type=submit]").click();
  await expect(screen(page).getByRole("button", { name: "Resume… emails" })).toBeVisible();
  await expect(page).toHaveURL(`${url}/queues/emails`);
});

test("logging out ends what is open in other windows, and logging in again frees them", async ({
  page,
  spillway,
  accounts,
}) => {
  const { url } = await spillway.embedded({ args: ["--users-file", accounts.users] });
  await page.goto(`${url}/queues`);
  await logIn(page);
  await expectLive(page);
  const other = await page.context().newPage();
  await other.goto(`${url}/workers`);
  await expectLive(other);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const stream = (await fetch(`${url}/api/events`, { headers: { Cookie: cookie } })).text();

  await page.getByRole("button", { name: "Ana Gómez, your account" }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await expect(page).toHaveURL(`${url}/login`);
  expect(await stream).toContain('event: bye\ndata: {"reason":"You logged out."}');
  expect((await fetch(`${url}/api/overview`, { headers: { Cookie: cookie } })).status).toBe(401);
  await expect(ended(other)).toBeVisible();
  // Behind the question, and so hidden from who can't see.
  await expect(other.locator("main h1")).toHaveText("Workers");

  await logIn(page);
  await expectLive(page);
  await other.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(ended(other)).toBeHidden();
  await expectLive(other);
});

test.describe("behind an nginx that ends TLS", () => {
  // Its certificate vouches for itself.
  test.use({ ignoreHTTPSErrors: true });

  test("and below a base path the login leads back too, and the deep link reloads", async ({
    page,
    spillway,
    accounts,
  }) => {
    const args = ["--users-file", accounts.users, "--base-path", "/ops/"];
    const { url } = await spillway.embedded({ args });
    const { origin } = new URL(url);
    const port = findNginx() === null ? null : await freePort();
    const { certificate, key } = selfSigned("127.0.0.1");
    const [cert, keyFile] = [`${accounts.users}.cert.pem`, `${accounts.users}.key.pem`];
    writeFileSync(cert, certificate);
    writeFileSync(keyFile, key);
    const tls = `ssl_certificate ${cert}; ssl_certificate_key ${keyFile};`;
    const site = `location /ops/ { proxy_pass ${origin}; proxy_set_header Host $http_host; }`;
    if (port !== null)
      spillway.also(
        await startNginx({ port, sites: `server { listen 127.0.0.1:${port} ssl; ${tls} ${site} }` }),
      );
    const at = port === null ? origin : `https://127.0.0.1:${port}`;
    await page.goto(`${at}/ops/queues/emails?since=x`);
    await expect(page).toHaveURL(/\/ops\/login\?next=/);
    await logIn(page);
    await expect(page).toHaveURL(`${at}/ops/queues/emails?since=x`);
    await page.reload();
    await expectLive(page);
    await expect(page).toHaveURL(/\/ops\/queues\/emails/);
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({
      path: "/ops/",
      httpOnly: true,
      sameSite: "Strict",
      secure: port !== null,
    });
  });
});

test("a token marks a deploy by one line", async ({ page, spillway, accounts }) => {
  const { run, tokens, users } = accounts;
  const token = run(["token", "add", "ci", "--role", "operator", "--owner", "Ana", "--tokens-file", tokens]);
  const { url } = await spillway.embedded({ args: ["--users-file", users, "--tokens-file", tokens] });
  const line =
    `curl -sf ${url}/api/markers -H 'Authorization: Bearer ${token}' -H 'X-Spillway-Request: 1' ` +
    `--json '{"title":"2.15.0 is out","kind":"deploy"}'`;
  expect(JSON.parse(spawnSync("sh", ["-c", line], { encoding: "utf8" }).stdout)).toMatchObject({
    status: "success",
  });
  await page.goto(`${url}/audit`);
  await logIn(page);
  await expect(rowWith(page, "marker.create")).toContainText("ci (Ana)");
});

test("a proxy says who it is, and is shown with no way to log out", async ({ page, spillway }) => {
  const secret = "known to the proxy alone";
  const process = spillway.also(
    await startSpillway(
      [
        "--trusted-proxy",
        "127.0.0.1",
        "--auth-proxy-header",
        "X-Forwarded-User",
        "--default-role",
        "operator",
      ],
      undefined,
      { SPILLWAY_PROXY_SECRET: secret },
    ),
  );
  await page.setExtraHTTPHeaders({ "X-Forwarded-User": "ben", "X-Spillway-Proxy-Secret": secret });
  await page.goto(`${process.url}/queues/emails`);
  await flip(page, "Pause", "emails", "through the proxy");
  await page.getByRole("button", { name: "ben, your account" }).click();
  await expect(page.getByRole("menuitem", { name: "operator · known by the proxy" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Log out" })).toHaveCount(0);
  const address = await new Promise<number | undefined>((resolve) => {
    const headers = { "X-Forwarded-User": "ben", "X-Forwarded-For": "198.51.100.4, 127.0.0.1" };
    request(`${process.url}/api/session`, { headers }, (reply) => resolve(reply.statusCode)).end();
  });
  expect(address, "without the secret").toBe(401);
});

test("who opens the console to a network is told so on every screen", async ({ page, spillway }) => {
  const { url } = await spillway.start(["--host", "0.0.0.0", "--insecure-no-auth"]);
  const own = url.replace("0.0.0.0", "127.0.0.1");
  for (const path of ["/", "/queues", "/audit"]) {
    await page.goto(`${own}${path}`);
    await expect(page.getByText("Anyone on the network can do everything here.")).toBeVisible();
  }
  const { items } = await ask<{ items: unknown[] }>(own, "/audit?action=console.opened");
  expect(items).toHaveLength(1);
});
