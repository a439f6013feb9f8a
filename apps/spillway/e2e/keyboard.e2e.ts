import { screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

test("finds, opens and selects by keyboard alone", async ({ page, spillway, look }) => {
  const { url } = await spillway.open({ scenario: "bad-deploy" });
  await page.goto(`${url}/`);
  await expect(screen(page).getByRole("link", { name: "billing", exact: true })).toBeVisible();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  await press("g", "q");
  await expect(page).toHaveURL(`${url}/queues`);
  // The overview stays, with a row of the same name, until the other page is there.
  await expect(screen(page).getByRole("heading", { name: "Queues", level: 1 })).toBeVisible();
  await press("j");
  await expect(screen(page).getByRole("link", { name: "billing", exact: true })).toBeFocused();
  await look(page, "a row in focus");
  await press("Enter");
  await expect(page).toHaveURL(`${url}/queues/billing`);

  await page.goto(`${url}/queues/billing/jobs?state=failed`);
  const rows = screen(page).getByRole("table", { name: "Jobs of billing" }).getByRole("row");
  await expect(rows.nth(4)).toBeVisible();
  await press("j", "x", "j", "j", "Shift+X");
  const bar = screen(page).getByRole("region", { name: "Selected jobs" });
  await expect(bar).toContainText("3 selected");
  await look(page, "three rows selected");
  await press("Escape");
  await expect(bar).toBeHidden();
  await press("k", "k", "Enter");
  await expect(page).toHaveURL(/\/queues\/billing\/jobs\/[^?]+$/);
});
