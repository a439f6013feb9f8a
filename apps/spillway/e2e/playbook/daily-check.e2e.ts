import type { Locator, Page } from "@playwright/test";
import { expectLive, numberIn, panel, rowWith, screen, stat } from "../fixtures/person.ts";
import { expect, test } from "../fixtures/test.ts";

const QUEUES = ["billing", "emails", "webhooks", "reports"];
const MOST_TABS = 80;
const WORKERS = { embedded: 12, bullmq: 2 };

/** No mouse in this section: what is wanted is gone to by its keys, or by Tab until it has the focus. */
const by = (page: Page) => ({
  keys: async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  },
  tabTo: async (target: Locator) => {
    for (let n = 0; n < MOST_TABS; n += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    await expect(target, "reached by Tab").toBeFocused();
  },
});

test("daily health check", async ({ page, engine, spillway, look }) => {
  const expected = WORKERS[engine];
  const { keys, tabTo } = by(page);
  const { url } = await spillway.open({
    args: ["--expected-workers", String(expected), "--sample-interval", "1s"],
  });

  await test.step("Open / (overview)", async () => {
    await page.goto(`${url}/`);
    const card = page.getByRole("form", { name: "Your name" });
    await tabTo(card.getByLabel("Who are you?"));
    await page.keyboard.type("ana");
    await keys("Enter");
    await expect(card).toBeHidden();
    await expect(screen(page).getByRole("heading", { name: "Overview" })).toBeVisible();
    await expectLive(page);
  });

  await test.step("Confirm total_workers is near expected baseline", async () => {
    const workers = stat(page, "Workers");
    await expect(workers).toContainText(`of ${expected}`);
    expect(numberIn(await workers.textContent())).toBe(expected);
    await expect(workers).toContainText("all there");
    await look(page, "overview");
  });

  await test.step("Check failed/retry movement on /metrics", async () => {
    await keys("g", "m");
    await expect(page).toHaveURL(/\/metrics$/);
    for (const label of ["Failed attempts", "Failed for good", "Retried"]) {
      await expect.poll(async () => numberIn(await stat(page, label).textContent()), label).not.toBeNull();
    }
    for (const chart of ["Failing", "Throughput", "Backlog", "Run times"]) {
      await expect(screen(page).getByRole("figure", { name: chart, exact: true })).toBeVisible();
    }
    await expect(screen(page)).toContainText(/Stable|Recovering|Regressing|Too early to tell/);
    await look(page, "metrics");
  });

  await test.step("Review queue backlog on /queues", async () => {
    await keys("g", "q");
    await expect(page).toHaveURL(/\/queues$/);
    for (const queue of QUEUES) {
      const row = rowWith(page, queue);
      await expect(row).toBeVisible();
      // Waiting, its change, the outlook and the oldest wait are all told.
      await expect(row.getByRole("cell").nth(2)).toHaveText(/^\d/);
      await expect(row.getByRole("cell").nth(3)).toHaveText(/steady|\/min/);
    }
    await look(page, "queues");
  });

  await test.step("Scan /audit for unexpected destructive actions", async () => {
    await keys("g", "o");
    const audit = panel(page, "Destructive actions").getByRole("link", { name: "Audit" });
    await expect(audit).toBeVisible();
    await tabTo(audit);
    await keys("Enter");
    await expect(page).toHaveURL(/\/audit\?destructive=true/);
    await expect(screen(page)).toContainText(/No matching record since/);
    await tabTo(screen(page).getByRole("link", { name: "Clear filters" }).first());
    await keys("Enter");
    await expect(rowWith(page, "session.name")).toBeVisible();
    await look(page, "audit");
    await tabTo(rowWith(page, "session.name").getByRole("link", { name: "session.name" }));
    await keys("Enter");
    await expect(screen(page)).toContainText("ana");
  });
});
