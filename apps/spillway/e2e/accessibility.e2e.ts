import type { Page } from "@playwright/test";
import { freePort } from "@spillway/testkit/node";
import { ask, post } from "./fixtures/ask.ts";
import { violations } from "./fixtures/axe.ts";
import { screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

const FLEET = ["/", "/queues", "/workers", "/metrics", "/metrics/history", "/audit"];
const QUEUE = ["", "/jobs", "/jobs?state=failed", "/dlq", "/schedules", "/metrics", "/audit"].map(
  (tab) => `/queues/billing${tab}`,
);
const MISSING = ["/queues/nope", "/queues/billing/jobs/nope", "/audit/nope", "/no/such/page"];

/** How people sit before it: at a desk in both themes, and with a phone, where tables become cards. */
const DESK = [
  { name: "light", colorScheme: "light", width: 1280 },
  { name: "dark", colorScheme: "dark", width: 1280 },
] as const;
const SEATS = [...DESK, { name: "phone", colorScheme: "dark", width: 390 }] as const;

type Seat = (typeof SEATS)[number];

/** Looking at a whole page takes its time on a busy machine. */
const PATIENT = { timeout: 30_000 };
test.setTimeout(480_000);

test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: "reduce" }));

async function check(page: Page, what: string, seats: readonly Seat[] = SEATS): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0, PATIENT);
  for (const { name, colorScheme, width } of seats) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    expect.soft([what, name, await violations(page)]).toEqual([what, name, []]);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function checkScreens(
  page: Page,
  url: string,
  paths: readonly string[],
  seats?: readonly Seat[],
): Promise<void> {
  for (const path of paths) {
    await page.goto(url + path);
    await expect(page.getByRole("heading", { level: 1 }), path).toHaveCount(1, PATIENT);
    await check(page, path, seats);
  }
}

for (const [name, paths] of Object.entries({ "the fleet": FLEET, "a queue": QUEUE })) {
  test(`the screens of ${name} can be used by everyone`, async ({ page, spillway }) => {
    const { url } = await spillway.embedded({ scenario: "bad-deploy" });
    await checkScreens(page, url, paths);
  });
}

test("a job, a record and what is missing can be used by everyone", async ({ page, guard, spillway }) => {
  guard.expect(/status of 404/);
  const { url } = await spillway.embedded({ scenario: "bad-deploy" });
  const { items } = await ask<{ items: { id: string }[] }>(url, "/queues/billing/jobs?state=failed&size=1");
  const job = `/queues/billing/jobs/${items[0]?.id}`;
  const reply = await post(url, `${job}/retry`, { reset_attempts: true, reason: "to be looked at" });
  const { audit_id } = await reply.json();
  await checkScreens(page, url, [job, `/audit/${audit_id}`, ...MISSING]);
});

interface Overlay {
  path: string;
  open: (page: Page) => Promise<void>;
  role: "dialog" | "menu";
}
const press = (name: string) => (page: Page) => screen(page).getByRole("button", { name }).first().click();
const key = (name: string) => (page: Page) => page.keyboard.press(name);
const OVERLAYS: Record<string, Overlay> = {
  "Pause billing?": { path: "/queues/billing", open: press("Pause… billing"), role: "dialog" },
  "More for billing": { path: "/queues/billing", open: press("More for billing"), role: "menu" },
  "Go to": { path: "/audit", open: key("Control+k"), role: "dialog" },
  Keyboard: { path: "/audit", open: key("?"), role: "dialog" },
  "Add a marker to the time axis": { path: "/metrics", open: press("Add a marker…"), role: "dialog" },
  "Say that you are on it?": { path: "/", open: press("I'm on it…"), role: "dialog" },
};

for (const [name, { path, open, role }] of Object.entries(OVERLAYS)) {
  test(`what opens as “${name}” can be used by everyone`, async ({ page, spillway }) => {
    const { url } = await spillway.embedded({ scenario: "bad-deploy" });
    await page.goto(url + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible(PATIENT);
    await open(page);
    await expect(page.getByRole(role, role === "dialog" ? { name } : {})).toBeVisible(PATIENT);
    await check(page, name);
  });
}

test("every screen can be used without an engine", async ({ page, guard, spillway }) => {
  guard.expect(/status of 503/);
  const redis = `redis://127.0.0.1:${await freePort()}`;
  const { url } = await spillway.start(["--engine", "bullmq", "--redis", redis, "--sample-interval", "1s"]);
  await checkScreens(page, url, [...FLEET, ...QUEUE, "/queues/billing/jobs/1"], DESK);
  await expect(page.getByRole("alert").filter({ hasText: "Cannot reach Redis" })).toBeVisible();
});
