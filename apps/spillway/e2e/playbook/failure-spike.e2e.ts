import { BAD_DEPLOY_ERROR, mendCharges } from "../fixtures/incidents.ts";
import {
  confirm,
  expectLive,
  introduce,
  messages,
  numberIn,
  panel,
  screen,
  stat,
  tick,
} from "../fixtures/person.ts";
import { expect, test } from "../fixtures/test.ts";

const jobId = (link: { getAttribute(name: string): Promise<string | null> }) =>
  link.getAttribute("aria-label").then((label) => (label ?? "").replace(/^Job /, ""));

test("failure spike", async ({ page, engine, spillway, hand, look }) => {
  test.setTimeout(240_000);
  const world = await spillway.open({ scenario: "bad-deploy", args: ["--sample-interval", "1s"] });
  const { url } = world;
  const retried: string[] = [];

  await test.step("Open /queues/{name}/dlq", async () => {
    await page.goto(`${url}/queues/billing/dlq`);
    await introduce(page, "ana", hand);
    await expectLive(page);
    await expect(screen(page)).toContainText(/\d+ failed job/);
  });

  await test.step("Sample failed payloads and trace common error shape", async () => {
    const shape = screen(page).getByRole("article").first();
    await expect(shape).toContainText(BAD_DEPLOY_ERROR[engine]);
    await expect(shape).toContainText("invoice.charge");
    const samples = shape.getByRole("table", { name: "Sample jobs" });
    await expect(samples.getByRole("row")).not.toHaveCount(1);
    await expect(samples.getByRole("row").nth(1)).toContainText(/tenant/);
    await look(page, "the common shape");
    await hand.press(samples.getByRole("link", { name: /^Job / }).first());
    await expect(panel(page, "Error")).toContainText(BAD_DEPLOY_ERROR[engine]);
    await expect(panel(page, "Payload")).toContainText("tenant");
    await look(page, "one of its jobs");
    await page.goBack();
  });

  await test.step("Open /audit?queue={name}&action=job.retry to review recent retry operations", async () => {
    await hand.press(screen(page).getByRole("link", { name: /^No earlier retries since/ }));
    await expect(page).toHaveURL(/\/audit\?queue=billing&action=job\.retry/);
    await expect(screen(page)).toContainText("No matching record since");
    await page.goBack();
  });

  await test.step("Fix root cause in task or dependency", async () => {
    if (world.behind) await mendCharges(world.behind.fleet);
    else await hand.press(page.getByRole("button", { name: "Fix the cause" }));
  });

  await test.step("Phase 1: retry 5 to 10 representative jobs from the samples", async () => {
    const all = screen(page).getByRole("button", { name: /^Show all \d+ samples/ });
    await hand.press(all);
    retried.push(...(await tick(page, "Sample jobs", 5, hand)));
    const bar = panel(page, "Selected jobs");
    await expect(bar).toContainText("5 selected");
    await hand.press(bar.getByRole("button", { name: "Retry selected…" }));
    await confirm(page, "Retry 5 jobs?", "phase 1: the provider recovered", hand);
    await expect(messages(page)).toContainText("Retried 5 of 5 jobs in billing");
    // The message follows them to their end.
    await expect(messages(page)).toContainText(/\d (completed|failed again)/, { timeout: 90_000 });
    await expect(messages(page)).not.toContainText(/\d open/, { timeout: 90_000 });
    if (world.behind) await expect(messages(page)).toContainText("5 completed");
    await look(page, "what became of them");
  });

  await test.step("Watch /metrics for regression", async () => {
    await page.goto(`${url}/metrics`);
    await expect.poll(async () => numberIn(await stat(page, "Retried").textContent())).not.toBeNull();
    await expect(panel(page, "Markers")).toContainText(/retr/i);
    await look(page, "metrics after the retry");
  });

  await test.step("Watch /queues/{name}/jobs?state=failed for regression", async () => {
    await page.goto(`${url}/queues/billing/jobs?state=failed`);
    await expect(screen(page).getByRole("table", { name: "Jobs of billing" })).toContainText(
      BAD_DEPLOY_ERROR[engine],
    );
  });

  await test.step("Phase 2: retry more, selected in the list, one in its row's page, one through the API", async () => {
    retried.push(...(await tick(page, "Jobs of billing", 2, hand)));
    await hand.press(screen(page).getByRole("button", { name: "Retry…" }));
    await confirm(page, "Retry 2 jobs?", "phase 2", hand);
    await expect(messages(page)).toContainText("Retried 2 of 2 jobs in billing");
    await expect(panel(page, "Selected jobs")).toBeHidden();

    const links = screen(page).getByRole("table").getByRole("link", { name: /^Job / });
    const next = await jobId(links.last());
    // By its name: new failures may come above it meanwhile.
    await hand.press(screen(page).getByRole("table").locator(`a[href$="/jobs/${next}"]`));
    await hand.press(screen(page).getByRole("button", { name: "Retry", exact: true }));
    await expect(messages(page)).toContainText(/goes back to waiting/);
    retried.push(next);

    await page.goto(`${url}/queues/billing/jobs?state=failed&sort=oldest`);
    const oldest = await jobId(links.first());
    const reply = await fetch(`${url}/api/queues/billing/jobs/${encodeURIComponent(oldest)}/retry`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-spillway-request": "1" },
      body: JSON.stringify({ reason: "by script" }),
    });
    expect(await reply.json()).toMatchObject({ status: "success" });
    retried.push(oldest);
  });

  await test.step("The audit shows those retries however they were made", async () => {
    await page.goto(`${url}/audit?queue=billing&action=job.retry`);
    await expect(screen(page).getByRole("status")).toContainText(`${retried.length} match`);
    const records = screen(page).getByRole("table", { name: "Audit records" }).getByRole("row");
    await expect(records).toHaveCount(retried.length + 1);
    const words = (await records.allTextContents()).join("\n");
    for (const why of ["phase 1: the provider recovered", "phase 2", "by script"])
      expect(words).toContain(why);
    for (const id of retried) await expect(records.filter({ hasText: id.slice(-4) }).first()).toBeVisible();
    await look(page, "the retries in the audit");
  });
});
