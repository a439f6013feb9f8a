import { expectLive, introduce, numberIn, panel, rowWith, screen, stat } from "../fixtures/person.ts";
import { expect, test } from "../fixtures/test.ts";

const QUEUES = ["billing", "emails", "webhooks", "reports"];
const WORKERS = { embedded: 12, bullmq: 2 };

test("daily health check", async ({ page, engine, spillway, hand, look }) => {
  const expected = WORKERS[engine];
  const { url } = await spillway.open({
    args: ["--expected-workers", String(expected), "--sample-interval", "1s"],
  });

  await test.step("Open / (overview)", async () => {
    await page.goto(`${url}/`);
    await introduce(page, "ana", hand);
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
    await hand.go(page, "Metrics");
    await expect(page).toHaveURL(/\/metrics$/);
    for (const label of ["Failed attempts", "Failed for good", "Retried"]) {
      await expect.poll(async () => numberIn(await stat(page, label).textContent()), label).not.toBeNull();
    }
    for (const chart of ["Failing", "Throughput", "Backlog", "Run times"]) {
      await expect(screen(page).getByRole("figure", { name: chart, exact: true })).toBeVisible();
    }
    await expect(screen(page)).toContainText(/Stable|Recovering|Regressing|Still failing|Too early to tell/);
    await look(page, "metrics");
  });

  await test.step("Review queue backlog on /queues", async () => {
    await hand.go(page, "Queues");
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
    await hand.go(page, "Overview");
    const audit = panel(page, "Destructive actions").getByRole("link", { name: "Audit" });
    await expect(audit).toBeVisible();
    await hand.press(audit);
    await expect(page).toHaveURL(/\/audit\?destructive=true/);
    await expect(screen(page)).toContainText(/No matching record since/);
    await hand.press(screen(page).getByRole("link", { name: "Clear filters" }).first());
    await expect(rowWith(page, "session.name")).toBeVisible();
    await look(page, "audit");
    await hand.press(rowWith(page, "session.name").getByRole("link", { name: "session.name" }));
    await expect(screen(page)).toContainText("ana");
  });
});
