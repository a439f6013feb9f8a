import type { Page } from "@playwright/test";
import { createIdentityProvider } from "./fixtures/identity-provider.ts";
import { expectLive, flip, screen } from "./fixtures/person.ts";
import { startSpillway } from "./fixtures/process.ts";
import { argumentsIn, snippet } from "./fixtures/readme.ts";
import { expect, test } from "./fixtures/test.ts";

/** The README's flags for a provider, at this issuer; what concerns the proxy in front is tried with nginx. */
function readmeFlags(issuer: string): string[] {
  const args = argumentsIn(snippet("sh name=oidc")).map((one) =>
    one.startsWith("https://login.") ? issuer : one,
  );
  return args.toSpliced(args.indexOf("--public-url"), 2);
}

async function logInAtProvider(page: Page, user: string): Promise<void> {
  await page.getByRole("link", { name: "Log in" }).click();
  await page.locator("input[name=login]").fill(user);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
}

/** All that a stream of this browser's session says until it ends. */
async function streamOf(page: Page, url: string): Promise<{ told: Promise<string>; cookie: string }> {
  const cookies = await page.context().cookies(`${url}/`);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const reply = await fetch(`${url}/api/events`, {
    headers: { Cookie: cookie, Accept: "text/event-stream" },
  });
  expect(reply.status).toBe(200);
  return { told: reply.text(), cookie };
}

test("a login at a provider: out, back to the deep link, acting, ended and gone on, logging out; a group without a role stays out", async ({
  page,
  browser,
  guard,
  spillway,
  look,
}) => {
  guard.expect(/the server responded with a status of 401/);
  // The provider's own page has an icon that is not there, and a font from elsewhere.
  guard.expect(/favicon|fonts\.googleapis\.com/);
  let redirects: string[] = [];
  const groups = { ana: ["platform"], mallory: ["sales"] };
  const provider = spillway.also(await createIdentityProvider(groups, () => redirects));
  const env = { SPILLWAY_OIDC_CLIENT_SECRET: provider.clientSecret };
  const flags = [...readmeFlags(provider.issuer), "--session-idle", "15s"];
  const { url } = spillway.also(await startSpillway(flags, undefined, env));
  redirects = [`${url}/auth/callback`];

  await page.goto(`${url}/queues/billing`);
  await page.getByRole("link", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("does not answer");
  await look(page, "the provider is down");
  await provider.start();
  await logInAtProvider(page, "ana");
  await expect(page).toHaveURL(`${url}/queues/billing`);
  await expectLive(page);
  await flip(page, "Pause", "billing", "drill");
  await page.getByRole("button", { name: "Ana, your account" }).click();
  await expect(page.getByRole("menuitem", { name: "admin · logged in elsewhere" })).toBeVisible();
  await page.keyboard.press("Escape");

  const idle = await streamOf(page, url);
  const ended = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(ended).toBeVisible({ timeout: 60_000 });
  expect(await idle.told).toContain('"reason":"Nobody used it."');
  await look(page, "a session that ended");
  const elsewhere = page.context().waitForEvent("page");
  await ended.getByRole("link", { name: "Log in, in another tab" }).click();
  // Ana is still known to the provider, which asks her nothing.
  await expectLive(await elsewhere);
  await (await elsewhere).close();
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(ended).toBeHidden();
  await expectLive(page);
  await expect(page).toHaveURL(`${url}/queues/billing`);
  await expect(screen(page).getByRole("button", { name: "Resume… billing" })).toBeVisible();

  const last = await streamOf(page, url);
  await page.getByRole("button", { name: "Ana, your account" }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  // The provider asks whether she means it, and forgets her too.
  await page.getByRole("button", { name: /sign me out/i }).click();
  await expect(page).toHaveURL(`${url}/login`);
  await page.getByRole("link", { name: "Log in" }).click();
  await expect(page.locator("input[name=login]")).toBeVisible();
  expect(await last.told).toContain('event: bye\ndata: {"reason":"You logged out."}');
  expect((await fetch(`${url}/api/overview`, { headers: { Cookie: last.cookie } })).status).toBe(401);

  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(`${url}/queues`);
  await logInAtProvider(stranger, "mallory");
  await expect(stranger.getByRole("alert")).toContainText("none of your groups has a role here");
  expect((await stranger.request.get(`${url}/api/overview`)).status()).toBe(401);
  await look(stranger, "no role");
  await context.close();
});
