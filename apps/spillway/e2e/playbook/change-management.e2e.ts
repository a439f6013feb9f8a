import { breakCharges } from "../fixtures/incidents.ts";
import {
  confirm,
  expectLive,
  flip,
  introduce,
  messages,
  numberIn,
  panel,
  rowWith,
  screen,
  stat,
  tick,
} from "../fixtures/person.ts";
import { expect, test } from "../fixtures/test.ts";

test("change management", async ({ page, spillway, hand, look }) => {
  test.setTimeout(240_000);
  const world = await spillway.open({ scenario: "bad-deploy", args: ["--sample-interval", "1s"] });
  using release = world.behind && breakCharges(world.behind);
  const { url } = world;

  await test.step("Deploy change: it is marked on the time axis", async () => {
    await page.goto(`${url}/metrics?queue=billing`);
    await introduce(page, "ana", hand);
    await expectLive(page);
    await hand.press(screen(page).getByRole("button", { name: "Add a marker…" }));
    const dialog = page.getByRole("dialog", { name: "Add a marker to the time axis" });
    await hand.fill(dialog.getByLabel("What happened"), "2.14.0 of billing");
    await hand.press(dialog.getByRole("button", { name: "Add the marker" }));
    await expect(dialog).toBeHidden();
    await expect(panel(page, "Markers")).toContainText("2.14.0 of billing");
  });

  await test.step("Watch /metrics and /queues: failures increased", async () => {
    const failing = async () => numberIn(await stat(page, "Failed attempts").textContent()) ?? 0;
    await expect.poll(failing, { timeout: 60_000 }).toBeGreaterThan(20);
    await look(page, "metrics");
    await page.goto(`${url}/queues?sort=failed`);
    await expect(screen(page).getByRole("row").nth(1)).toContainText("billing", { timeout: 30_000 });
    await expect(rowWith(page, "billing")).toContainText("needs attention", { timeout: 60_000 });
    await look(page, "queues");
  });

  await test.step("Yes: pause affected queue", async () => {
    await hand.press(rowWith(page, "billing").getByRole("button", { name: "Pause… billing" }));
    await confirm(page, "Pause billing?", "2.14.0 fails every charge", hand);
    await expect(messages(page)).toContainText("billing is paused");
    await expect(rowWith(page, "billing")).toContainText("paused");
  });

  await test.step("Rollback or patch", async () => {
    if (release === null) await hand.press(page.getByRole("button", { name: "Fix the cause" }));
    else await release.fix();
  });

  await test.step("Retry DLQ subset: it waits until the queue is resumed", async () => {
    await page.goto(`${url}/queues/billing/dlq`);
    await tick(page, "Sample jobs", 3, hand);
    await hand.press(screen(page).getByRole("button", { name: "Retry selected…" }));
    const question = page.getByRole("dialog", { name: "Retry 3 jobs?" });
    await expect(question).toContainText("billing is paused: they will wait until somebody resumes it.");
    await confirm(page, "Retry 3 jobs?", "a subset after the patch", hand);
    await expect(messages(page)).toContainText("Retried 3 of 3 jobs in billing");
    await expect(messages(page)).toContainText("3 open");
  });

  await test.step("Resume queue: while it is paused nothing tells how the patch goes", async () => {
    await page.goto(`${url}/metrics?queue=billing`);
    await expect(screen(page).getByText(/^Paused since/)).toBeVisible({ timeout: 30_000 });
    await page.goto(`${url}/queues/billing`);
    await flip(page, "Resume", "billing", "2.14.1 is out", hand);
  });

  await test.step("Stable over multiple snapshots", async () => {
    await page.goto(`${url}/metrics?queue=billing`);
    const verdict = screen(page).getByText(/^(Stable|Recovering)/);
    await expect(verdict).toBeVisible({ timeout: 120_000 });
    await expect(verdict).toContainText(/\(measured \d+ times\)/);
    await look(page, "stable");
  });

  await test.step("It stays calm, and the audit tells it all", async () => {
    await page.goto(`${url}/audit?queue=billing`);
    for (const action of ["queue.pause", "queue.resume"])
      await expect(rowWith(page, action)).toContainText("success");
    await expect(screen(page).getByRole("row").filter({ hasText: "job.retry" })).toHaveCount(3);
    await look(page, "the story in the audit");
  });
});
