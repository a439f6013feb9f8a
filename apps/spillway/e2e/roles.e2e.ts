import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectLive, flip, screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

const BUNDLE = join(import.meta.dirname, "../dist/spillway.js");
const PASSWORD = "four words are quite enough";
const ROLES = {
  roles: {
    "billing-oncall": {
      sees: ["billing", "emails"],
      allow: [{ actions: ["queue.pause", "queue.resume", "job.*"], queues: ["billing"] }],
    },
  },
  reason_required: [{ actions: ["queue.pause"], queues: ["billing"] }],
};

/** The flags of a console into which vera, who only looks, and ben, who is on call for billing, can log in. */
function accounts(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "spillway-roles-"));
  const users = join(folder, "users.json");
  for (const [name, role] of [
    ["vera", "viewer"],
    ["ben", "billing-oncall"],
  ] as const) {
    const args = [BUNDLE, "user", "add", name, "--role", role, "--users-file", users];
    const { status, stderr } = spawnSync(process.execPath, args, {
      input: `${PASSWORD}\n`,
      encoding: "utf8",
    });
    expect(status, stderr).toBe(0);
  }
  const roles = join(folder, "roles.json");
  writeFileSync(roles, JSON.stringify(ROLES));
  return ["--users-file", users, "--roles-file", roles];
}

async function logIn(page: Page, url: string, name: string): Promise<void> {
  // A page left open would go on asking with no session, and complain.
  await page.goto("about:blank");
  await page.context().clearCookies();
  const reply = await page.request.post(`${url}/api/session/login`, {
    headers: { "X-Spillway-Request": "1", Origin: url },
    data: { user: name, password: PASSWORD },
  });
  expect(reply.status(), await reply.text()).toBe(200);
}

test("a viewer reads why, and a role of one's own acts on its queue and finds no other", async ({
  page,
  spillway,
  look,
}) => {
  const { url } = await spillway.open({ scenario: "bad-deploy", args: accounts() });
  await logIn(page, url, "vera");
  await page.goto(`${url}/queues/billing`);
  const pause = screen(page).getByRole("button", { name: "Pause… billing" });
  await expect(pause).toHaveAttribute("aria-disabled", "true");
  await expect(pause).toHaveAttribute(
    "aria-description",
    "Your role may not do this; it takes operator. Whoever runs this console gives roles.",
  );
  await look(page, "a viewer on a queue");

  await logIn(page, url, "ben");
  await page.goto(`${url}/queues`);
  await expectLive(page);
  const names = screen(page).getByRole("table", { name: "Queues" }).getByRole("link");
  await expect(names.filter({ hasText: /^(billing|emails|webhooks)$/ })).toHaveText(["billing", "emails"]);
  await look(page, "the queues that a role of one's own sees");
  await page.goto(`${url}/queues/emails`);
  const elsewhere = screen(page).getByRole("button", { name: "Pause… emails" });
  await expect(elsewhere).toHaveAttribute("aria-description", "Your role may not do this on this queue.");
  await page.goto(`${url}/queues/billing`);
  await flip(page, "Pause", "billing", "the provider asked for it");

  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Go to" });
  await palette.getByRole("combobox").fill("webh");
  await expect(palette.getByRole("option", { name: /webhooks/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
});

test("the page of a hidden queue is that of one which never was", async ({ page, guard, spillway, look }) => {
  const { url } = await spillway.open({ scenario: "bad-deploy", args: accounts() });
  await logIn(page, url, "ben");
  guard.expect(/404/);
  const told: string[] = [];
  for (const queue of ["webhooks", "never-was"]) {
    await page.goto(`${url}/queues/${queue}`);
    await expect(page.getByText(`There is no queue "${queue}".`)).toBeVisible();
    told.push(
      (await page.getByRole("main").innerText())
        .replaceAll(queue, "Q")
        .replaceAll(/request [\da-f-]{36}/g, "request"),
    );
  }
  expect(told[0]).toBe(told[1]);
  await look(page, "a queue that is not there for ben");
});
