import { expect, test } from "./fixtures/test.ts";

test("opens the overview and the queues", async ({ page, spillway, look }) => {
  const { url } = await spillway.open();

  await page.goto(`${url}/`);
  await expect(page).toHaveTitle(/Spillway/);
  await expect(page.getByRole("main")).toContainText(/workers/i);
  await look(page, "overview");

  await page.goto(`${url}/queues`);
  await expect(page.getByRole("main").getByRole("link", { name: "billing" })).toBeVisible();
  await look(page, "queues");
});
