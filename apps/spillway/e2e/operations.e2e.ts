import type { Operation, QueueDetail } from "@spillway/contract/schemas";
import { ask, post } from "./fixtures/ask.ts";
import { BAD_DEPLOY_ERROR, breakCharges, mendCharges } from "./fixtures/incidents.ts";
import { confirm, expectLive, introduce, rowWith, screen } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

const countsOf = async (url: string, queue: string) =>
  (await ask<QueueDetail>(url, `/queues/${queue}`)).counts;

/** Waits until more than so many charges failed for good. */
const failedCharges = (url: string, count: number) =>
  expect
    .poll(async () => (await countsOf(url, "billing")).failed, { timeout: 60_000 })
    .toBeGreaterThan(count);

test("a retry in phases goes on by itself once the cause is gone, and another person follows it", async ({
  page,
  browser,
  engine,
  guard,
  spillway,
  look,
}) => {
  test.setTimeout(240_000);
  const world = await spillway.open({ scenario: "bad-deploy", args: ["--sample-interval", "1s"] });
  using release = world.behind && breakCharges(world.behind);
  const { url } = world;
  await failedCharges(url, 40);
  await page.goto(`${url}/queues/billing/dlq`);
  await introduce(page, "ana");
  if (release === null) await page.getByRole("button", { name: "Fix the cause" }).click();
  else await release.fix();
  // What was under way fails once more before the patch reaches it.
  await page.waitForTimeout(3_000);
  if (world.behind) await mendCharges(world.behind.fleet);

  // Only the error whose cause is gone.
  const shape = screen(page).getByRole("article").filter({ hasText: BAD_DEPLOY_ERROR[engine] }).first();
  await shape.getByRole("button", { name: "Retry in phases…" }).click();
  const dialog = page.getByRole("dialog", { name: "Retry in phases: billing" });
  await expect(dialog).toContainText("10 jobs first, then");
  if (engine === "embedded") {
    // One in eighty of its charges fails in any hour: one of the first ten may, without a person having to look.
    await dialog.getByRole("button", { name: "Change phases, gate or pace" }).click();
    await dialog.getByLabel("May fail again, %").fill("20");
  }
  await dialog.getByLabel("Next phase").selectOption("Begins by itself");
  await dialog.getByLabel(/^Reason/).fill("the provider recovered");
  await look(page, "what will happen");
  await dialog.getByRole("button", { name: /^Retry 10, then [\d,]+ by themselves$/ }).click();
  await expect(page).toHaveURL(/\/operations\//);
  await expect(screen(page).getByRole("img", { name: /^Phase 1: / })).toBeVisible();

  const elsewhere = await (await browser.newContext()).newPage();
  await guard.watch(elsewhere);
  await elsewhere.goto(`${url}/operations`);
  await expect(screen(elsewhere)).toContainText("the provider recovered");

  const { items } = await ask<{ items: Operation[] }>(url, "/operations");
  const now = () => ask<Operation>(url, `/operations/${items[0]?.id}`);
  const begun = async () => (await now()).phases.filter(({ started_at }) => started_at !== null).length;
  await expect.poll(begun, { timeout: 120_000 }).toBeGreaterThan(1);
  expect((await now()).phases[0]).toMatchObject({ state: "passed" });
  // The rehearsal has thousands to retry, which takes its workers minutes.
  if (engine === "bullmq") {
    await expect.poll(async () => (await now()).state, { timeout: 120_000 }).toBe("done");
    await expect(screen(page)).toContainText(/All [\d,]+ jobs were retried/);
  }
  await look(page, "it went on by itself");
  await page.goto(`${url}/audit?queue=billing&action=job.retry`);
  await expect(rowWith(page, /^job\.retry/)).toHaveCount(await begun());
});

test("waiting jobs are deleted, held and put back as they were", async ({ page, spillway, look }) => {
  test.setTimeout(150_000);
  const { url, behind } = await spillway.open({ args: ["--sample-interval", "1s"] });
  await post(url, "/queues/reports/pause", { reason: "to count them" });
  await behind?.fleet.queues.reports.addBulk(
    Array.from({ length: 30 }, (_, i) => ({
      name: "report.build",
      data: { i },
      opts: { jobId: `kept-${i}` },
    })),
  );
  await expect
    .poll(async () => (await countsOf(url, "reports")).waiting, { timeout: 90_000 })
    .toBeGreaterThan(0);
  await page.goto(`${url}/queues/reports`);
  await introduce(page, "ana");
  await expectLive(page);
  await screen(page).getByRole("button", { name: "More for reports" }).click();
  await page.getByRole("menuitem", { name: "Delete all waiting jobs…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete all waiting jobs of reports" });
  await expect(dialog).toContainText("They are held for 24 hours, then deleted for good.");
  const name = dialog.getByLabel("Type reports to confirm");
  if (await name.isVisible()) await name.fill("reports");
  await look(page, "what will be deleted");
  await dialog.getByRole("button", { name: /^Delete [\d,]+ waiting jobs?$/ }).click();
  await page.getByRole("link", { name: "Show the operation" }).last().click();
  await expect(screen(page)).toContainText(/[\d,]+ jobs? held until/);
  const [operation] = (await ask<{ items: Operation[] }>(url, "/operations")).items;
  const held = operation?.held?.count ?? 0;
  expect(held).toBeGreaterThan(0);
  await look(page, "held");

  await screen(page).getByRole("button", { name: "Put them back…" }).click();
  await confirm(page, /^Put [\d,]+ jobs? back into reports\?$/, "it was the wrong queue");
  await expect(screen(page)).toContainText(/moved aside, then put back/);
  await expect.poll(async () => (await countsOf(url, "reports")).waiting).toBeGreaterThanOrEqual(held);
  if (behind) {
    const waiting = await behind.fleet.queues.reports.getWaiting();
    expect(waiting.map(({ id }) => id)).toEqual(expect.arrayContaining(["kept-0", "kept-29"]));
  }
  await page.goto(`${url}/audit?queue=reports`);
  for (const action of [/^queue\.drain/, /^operation\.undo/])
    await expect(rowWith(page, action)).toContainText("success");
});

test("one person begins a slow retry, another stops it", async ({ page, spillway, look }) => {
  test.setTimeout(150_000);
  const world = await spillway.open({ scenario: "bad-deploy", args: ["--sample-interval", "1s"] });
  using _ = world.behind && breakCharges(world.behind);
  const { url } = world;
  await failedCharges(url, 20);
  const begun = await post(url, "/queues/billing/jobs/bulk", {
    action: "job.retry",
    selection: { filter: { state: "failed" } },
    rate_per_s: 1,
    reason: "one a second",
  });
  expect(begun.status).toBe(202);
  const { operation }: { operation: Operation } = await begun.json();
  await page.goto(`${url}/operations`);
  await introduce(page, "ben");
  await rowWith(page, /^Retry/)
    .first()
    .getByRole("link", { name: /^Retry/ })
    .click();
  await screen(page).getByRole("button", { name: "Pause", exact: true }).click();
  await expect(screen(page).getByRole("button", { name: "Go on" })).toBeVisible();
  await expect(screen(page)).toContainText("Paused by ben");
  await look(page, "paused");
  await screen(page).getByRole("button", { name: "Stop…" }).click();
  await confirm(page, "Stop “Retry” of billing?", "the wrong shape");
  await expect(screen(page)).toContainText(/Stopped at \d+ of [\d,]+/);
  const ended = await ask<Operation>(url, `/operations/${operation.id}`);
  expect(ended).toMatchObject({ state: "cancelled", failed: 0, unknown: 0 });
  expect(ended.done).toBeLessThan(ended.matched);
  await page.goto(`${url}/audit?operation_id=${operation.id}`);
  for (const action of ["operation.pause", "operation.cancel"])
    await expect(rowWith(page, action)).toContainText("ben");
});
