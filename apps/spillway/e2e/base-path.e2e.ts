import { expectLive, flip, introduce, rowWith, screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

test("below a base path deep links reload and updates are live", async ({ page, spillway, look }) => {
  const { url } = await spillway.embedded({ args: ["--base-path", "/ops/queues/"] });
  expect(new URL(url).pathname).toBe("/ops/queues");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));

  const deep = `${url}/queues/billing/jobs?state=failed`;
  await page.goto(deep);
  await introduce(page, "ana");
  await expectLive(page);
  const job = screen(page).getByRole("link", { name: /^Job / }).first();
  const label = (await job.getAttribute("aria-label")) ?? "";
  await job.click();
  await expect(page).toHaveURL(/\/ops\/queues\/queues\/billing\/jobs\/[^/]+$/);
  await page.reload();
  await expect(screen(page).getByRole("heading", { level: 1 })).toContainText(label.replace("Job ", ""));
  await page.goBack();
  await expect(page).toHaveURL(deep);

  await page.goto(`${url}/queues/emails`);
  await flip(page, "Pause", "emails", "below a path");
  await page.goto(`${url}/queues`);
  await expect(rowWith(page, "emails")).toContainText("paused");
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(`${url}/queues/emails`);
  await flip(elsewhere, "Resume", "emails", "live below a path");
  await expect(rowWith(page, "emails")).not.toContainText("paused");
  await look(page, "queues below a path");
  await page.getByRole("link", { name: "Spillway, overview" }).click();
  await expect(page).toHaveURL(/\/ops\/queues\/?$/);
  expect(asked.filter((path) => !path.startsWith("/ops/queues/") && path !== "/ops/queues")).toEqual([]);
});
