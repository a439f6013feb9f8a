import type { Page } from "@playwright/test";
import { post } from "./fixtures/ask.ts";
import { type Gate, startGate } from "./fixtures/gate.ts";
import { expectLive, introduce, screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

const isStale = (page: Page) =>
  expect(page.getByRole("status", { name: "Updates: stale" })).toContainText(/^last good .* ago/, {
    timeout: 40_000,
  });

/** What deletes is off and says why; what contains damage is not. */
async function expectHeldBack(page: Page): Promise<void> {
  await page.getByRole("button", { name: "More for webhooks" }).click();
  const menu = page.getByRole("menu");
  const item = menu.getByRole("menuitem", { name: /Delete all waiting jobs/ });
  await expect(item).toHaveAttribute("aria-disabled", "true", { timeout: 30_000 });
  await expect(item).toContainText(/This was true .* ago; wait for the connection first/);
  await page.keyboard.press("Escape");
  await expect(screen(page).getByRole("button", { name: "Pause… webhooks" })).toBeEnabled();
}

for (const [how, lose] of [
  ["dies without a word", (gate: Gate) => gate.silence()],
  ["is cut", (gate: Gate) => gate.cut()],
] as const) {
  test(`a connection that ${how}: what is shown is told to be old, nothing is deleted by it, and it heals alone`, async ({
    page,
    guard,
    spillway,
  }) => {
    test.setTimeout(180_000);
    guard.expect(/ERR_CONNECTION_|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_NETWORK|Failed to load resource/);
    const { url } = await spillway.open({ args: ["--sample-interval", "1s"] });
    const gate = spillway.also(await startGate(url));
    const ahead = page.waitForResponse(/menu-popup/);
    await page.goto(`${gate.url}/queues/webhooks`);
    await introduce(page, "ana");
    await expectLive(page);
    await (await ahead).finished();
    // With what it needs itself, which is loaded beside it.
    await page.waitForTimeout(2_000);
    lose(gate);
    await isStale(page);
    await expectHeldBack(page);
    await post(url, "/queues/webhooks/pause", { reason: "while ana was away" });
    gate.open();
    const opened = Date.now();
    await expect(page.getByRole("status", { name: "Updates: live" })).toBeVisible({ timeout: 40_000 });
    await expect(screen(page).getByRole("button", { name: "Resume… webhooks" })).toBeVisible();
    console.log(`what happened meanwhile was seen ${Date.now() - opened} ms after the network's return`);
  });
}

for (const hours of [-1, 1])
  test(`a browser whose clock is ${hours} h off shows right ages`, async ({ page, spillway }) => {
    test.setTimeout(120_000);
    const { url } = await spillway.open({ args: ["--sample-interval", "1s"] });
    await page.clock.install({ time: Date.now() + hours * 3_600_000 });
    await page.goto(`${url}/workers`);
    await introduce(page, "ana");
    await expectLive(page);
    await expect(page.getByRole("status", { name: "Updates: live" })).toContainText(/^live · [0-4] s$/);
    const beats = screen(page).getByLabel(/^Last heartbeat \d/);
    await expect(beats.first()).toBeVisible();
    for (const beat of await beats.all())
      expect(await beat.getAttribute("aria-label")).toMatch(/^Last heartbeat \d s ago;/);
  });
