import { introduce, screen } from "./fixtures/person.ts";
import { openQueue, redisBehind } from "./fixtures/seed.ts";
import { expect, test } from "./fixtures/test.ts";

const NAMES = {
  slashes: "a/b//c",
  "spaces and percent": "50 % off %2F & more?#x",
  unicode: "Rechnungen/Zürich 日本 🚰",
  dots: "..",
  tilde: "~.",
  "500 characters": `${"q".repeat(496)}/end`,
};

test("names with slashes, spaces, %, unicode or 500 characters reload to the same page", async ({
  page,
  spillway,
  look,
}) => {
  test.setTimeout(240_000);
  const world = await spillway.bullmq({ rate: 0 });
  const behind = redisBehind(world);
  for (const name of Object.values(NAMES)) {
    await using stack = new AsyncDisposableStack();
    const queue = openQueue(behind, name);
    stack.defer(() => queue.close());
    await queue.add(name, { of: name }, { jobId: `job ${name}`, delay: 3_600_000 });
  }
  await page.goto(`${world.url}/queues?sort=name`);
  await introduce(page, "ana");
  for (const [kind, name] of Object.entries(NAMES)) {
    await test.step(kind, async () => {
      await page.goto(`${world.url}/queues`);
      await screen(page).getByRole("link", { name, exact: true }).click({ timeout: 60_000 });
      const heading = screen(page).getByRole("heading", { level: 1 });
      await expect(heading).toHaveText(name);
      await page.reload();
      await expect(heading).toHaveText(name);
      await screen(page).getByRole("link", { name: "Jobs", exact: true }).click();
      await expect(page).toHaveURL(/\/jobs$/);
      await screen(page)
        .getByRole("navigation", { name: "States" })
        .getByRole("link", { name: /^delayed/ })
        .click();
      await expect(page).toHaveURL(/state=delayed/);
      await page.reload();
      await screen(page)
        .getByRole("link", { name: `Job job ${name}`, exact: true })
        .click();
      const payload = screen(page).getByRole("region", { name: "Payload" }).first();
      await expect(payload).toContainText(name);
      const address = page.url();
      await page.reload();
      await expect(payload).toContainText(name);
      expect(page.url()).toBe(address);
      await screen(page)
        .getByRole("navigation", { name: "Breadcrumb" })
        .getByRole("link", { name, exact: true })
        .click();
      await expect(heading).toHaveText(name);
    });
  }
  await look(page, "the longest name");
});
