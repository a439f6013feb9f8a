import type { Locator } from "@playwright/test";
import { expectLive, introduce, pasted, screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

const MOST_CLICKS = 6;
const MESSAGE = /timed out/;
const FRAME = /src\/[\w./-]+/;
const DEPLOY = /2\.14\.0/;

test("from the overview to the failing shape, its frame, the deploy and a copied note", async ({
  page,
  context,
  spillway,
  look,
}) => {
  test.setTimeout(150_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { url } = await spillway.embedded({ scenario: "bad-deploy", args: ["--sample-interval", "1s"] });
  let clicks = 0;
  const click = async (target: Locator) => {
    clicks += 1;
    await target.click();
  };
  await page.goto(url);
  await introduce(page, "ana");
  await expectLive(page);

  const finding = screen(page)
    .getByRole("region", { name: "Needs attention" })
    .getByRole("listitem")
    .filter({ hasText: "billing" })
    .filter({ hasText: /fail/ })
    .first();
  await expect(finding).toBeVisible({ timeout: 60_000 });
  await look(page, "the alarm");
  await click(finding.getByRole("link").first());

  const shape = screen(page).getByRole("article").first();
  await expect(shape.getByRole("heading")).toContainText(MESSAGE);
  await expect(shape, "the frame it was thrown from").toContainText(FRAME);
  await expect(shape, "the deploy before its first failure").toContainText(DEPLOY);
  await expect(screen(page).getByRole("figure"), "the deploy on the time axis").toContainText(DEPLOY);
  await look(page, "the cause");
  await click(screen(page).getByRole("button", { name: "Copy for notes" }));
  await expect(screen(page).getByRole("button", { name: "Copied" })).toBeVisible();

  const note = await pasted(page);
  const facts = [
    MESSAGE,
    FRAME,
    DEPLOY,
    /first \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/,
    /<http.+\/queues\/billing\/dlq/,
  ];
  for (const fact of facts) expect(note).toMatch(fact);
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
});
