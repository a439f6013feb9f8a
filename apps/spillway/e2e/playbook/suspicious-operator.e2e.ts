import type { Page } from "@playwright/test";
import {
  confirm,
  expectLive,
  flip,
  introduce,
  messages,
  panel,
  rowWith,
  screen,
} from "../fixtures/person.ts";
import { expect, test } from "../fixtures/test.ts";

const records = (page: Page) => screen(page).getByRole("table", { name: "Audit records" }).getByRole("row");
const filter = (page: Page, name: string) => screen(page).getByRole("combobox", { name });

test("suspicious operator activity", async ({ page, browser, guard, spillway, hand, look }) => {
  test.setTimeout(120_000);
  guard.expect(/the server responded with a status of 40[49]/);
  const { url } = await spillway.open();
  const evening = await browser.newContext();
  const eve = await evening.newPage();
  await guard.watch(eve);

  await test.step("Meanwhile eve pauses a queue, and tries what ana was faster with", async () => {
    await page.goto(`${url}/queues/billing/jobs?state=failed`);
    await introduce(page, "ana", hand);
    await eve.goto(`${url}/queues/emails`);
    await introduce(eve, "Eve Noir", hand);
    await flip(eve, "Pause", "emails", "just because", hand);

    const newest = screen(page).getByRole("link", { name: /^Job / }).first();
    const path = (await newest.getAttribute("href")) ?? "";
    await eve.goto(new URL(path, `${url}/`).href);
    await expectLive(eve);
    await hand.press(eve.getByRole("button", { name: "Pause updates" }));
    // The list is live: the newest may be another by now.
    await hand.press(screen(page).locator(`a[href="${path}"]`).first());
    await hand.press(screen(page).getByRole("button", { name: "Remove…" }));
    await confirm(page, /^Remove .*\?$/, "a duplicate", hand);
    await expect(messages(page)).toContainText("is removed");
    await hand.press(screen(eve).getByRole("button", { name: "Retry", exact: true }));
    await expect(messages(eve)).toContainText(/refused|failed/);
    await look(eve, "what eve is told");
  });

  await test.step("Open /audit", async () => {
    await hand.go(page, "Audit");
    await expect(page).toHaveURL(/\/audit$/);
    await expect(rowWith(page, "queue.pause")).toContainText("Eve Noir");
  });

  await test.step("Filter by status=failed and target queue", async () => {
    await hand.choose(filter(page, "Status"), "failed");
    await hand.choose(filter(page, "Queue"), "billing");
    await expect(page).toHaveURL(/status=failed/);
    await expect(page).toHaveURL(/queue=billing/);
    await expect(records(page)).toHaveCount(2);
    const refused = records(page).nth(1);
    await expect(refused).toContainText("job.retry");
    await expect(refused).toContainText("Eve Noir");
    // With its reason: what the engine or the console said.
    await expect(refused).toContainText(/not_found|conflict/);
    await look(page, "what was refused");
    await hand.press(refused.getByRole("link", { name: "job.retry" }));
    await expect(screen(page)).toContainText("unverified: nobody checked this name");
    await expect(screen(page)).toContainText(/(not_found|conflict) \S+/);
    await page.goBack();
  });

  await test.step("Search by actor id (q=<actor-id>) or action (action=queue.pause)", async () => {
    await page.goto(`${url}/audit?q=eve-noir`);
    await expect(rowWith(page, "queue.pause")).toContainText("just because");
    await expect(rowWith(page, "job.retry")).toBeVisible();
    for (const row of (await records(page).all()).slice(1)) await expect(row).toContainText("Eve Noir");
    await page.goto(`${url}/audit?action=queue.pause`);
    await expect(records(page)).toHaveCount(2);
    await expect(filter(page, "Action")).toHaveValue("queue.pause");
    await look(page, "queue.pause only");
  });

  await test.step("Cross-check with deployment timeline and on-call logs", async () => {
    await hand.press(rowWith(page, "queue.pause").getByRole("link", { name: "queue.pause" }));
    await hand.press(screen(page).getByRole("link", { name: "Metrics around then" }));
    await expect(page).toHaveURL(/\/queues\/emails\/metrics\?from=/);
    await expect(panel(page, "Markers")).toContainText("Eve Noir");
    await page.goto(`${url}/audit?q=eve-noir`);
    await hand.press(screen(page).getByRole("button", { name: /Export/ }));
    const download = page.waitForEvent("download");
    await hand.press(page.getByRole("menuitem", { name: /CSV/ }));
    const file = await (await download).createReadStream();
    const text = (await file.toArray()).join("");
    expect(text).toContain("queue.pause");
    expect(text).not.toContain(",ana,");
    const { items } = await (await fetch(`${url}/api/audit?action=audit.export`)).json();
    expect(items).toMatchObject([
      {
        status: "success",
        affected: text.trim().split("\r\n").length - 1,
        details: { q: "eve-noir", format: "csv" },
      },
    ]);
  });

  await evening.close();
});
