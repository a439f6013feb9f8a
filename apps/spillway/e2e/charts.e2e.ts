import type { Page } from "@playwright/test";
import { screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

/** Draws a stretch over a chart by mouse, from one share of its width to another. */
async function drawOver(page: Page, chart: string, from: number, to: number): Promise<void> {
  const plot = screen(page).getByRole("slider", { name: `${chart}, by time` });
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (box === null) throw new Error(`There is no chart ${chart}.`);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 8 });
  await page.mouse.up();
}

test("looks closer at what is drawn over a chart, by an address that shows the same to others", async ({
  page,
  spillway,
  look,
}) => {
  const { url } = await spillway.open({ scenario: "bad-deploy" });
  await page.goto(`${url}/queues/billing`);
  await drawOver(page, "Backlog", 0.3, 0.7);
  await expect(page).toHaveURL(/\/queues\/billing\/metrics\?from=2.*&to=2/);
  await expect(screen(page).getByRole("link", { name: "Back to now" })).toBeVisible();
  await look(page, "a stretch of the history");
  const span = () => {
    const { searchParams } = new URL(page.url());
    return Date.parse(searchParams.get("to") ?? "") - Date.parse(searchParams.get("from") ?? "");
  };
  const first = span();
  await drawOver(page, "Throughput", 0.6, 0.4);
  await expect.poll(span).toBeLessThan(first);
  await screen(page).getByRole("link", { name: "Back to now" }).click();
  await expect(page).toHaveURL(`${url}/queues/billing/metrics`);
});
