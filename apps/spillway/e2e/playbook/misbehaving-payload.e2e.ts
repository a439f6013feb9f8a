import { chargeOf } from "../../../../packages/engine-bullmq/example/producers.ts";
import { confirm, expectLive, introduce, messages, panel, pasted, screen } from "../fixtures/person.ts";
import { expect, test } from "../fixtures/test.ts";

/** The playbook's example. */
const PASTED = "/queues/billing/jobs?state=active&task=invoice.charge&q=tenant-88";

test("misbehaving job payload", async ({ page, engine, guard, spillway, hand, look }) => {
  test.setTimeout(120_000);
  guard.expect(/the server responded with a status of 404/);
  const world = await spillway.open({ scenario: "poison-payload" });
  const { url } = world;
  const jobs = screen(page).getByRole("table", { name: "Jobs of billing" });
  const links = jobs.getByRole("link", { name: /^Job / });
  await world.behind?.fleet.queues.billing.add("invoice.charge", chargeOf("tenant-88", 50, true), {
    jobId: "poison/1",
    delay: 3_600_000,
  });
  let id = "";

  await test.step("Search in /queues/{name}/jobs using job_id, task, and q: the pasted link", async () => {
    await page.goto(url + PASTED);
    await introduce(page, "ana", hand);
    await expectLive(page);
    const filters = screen(page).getByRole("list", { name: "Filters that are set" });
    await expect(filters).toContainText("task contains “invoice.charge”");
    await expect(filters).toContainText("payload contains “tenant-88”");
    await expect(links.first()).toBeVisible({ timeout: 40_000 });
    // Read at one moment: the list is live, and rows may leave it.
    for (const text of (await jobs.getByRole("row").allTextContents()).slice(1)) {
      expect(text).toContain("invoice.charge");
      expect(text).toContain("tenant-88");
    }
    await expect(screen(page).getByText(/\d+ of \d+ jobs? match/)).toBeVisible();
    await look(page, "the pasted link");
  });

  await test.step("The search can be typed as well, by job id too", async () => {
    await page.goto(`${url}/queues/billing/jobs`);
    const odd = engine === "embedded" ? "legacy/" : "poison/";
    const search = screen(page).getByRole("combobox", { name: "Search jobs" });
    await hand.fill(search, `job_id:${odd} task:INVOICE.charge tenant-88`);
    await expect(page).toHaveURL(/task=INVOICE.charge/);
    await expect(page).toHaveURL(/q=tenant-88/);
    await expect(page).toHaveURL(/job_id=(legacy|poison)/);
    const states = screen(page).getByRole("navigation", { name: "States" });
    await hand.press(states.getByRole("link", { name: engine === "embedded" ? /^active/ : /^delayed/ }));
    await expect(page).toHaveURL(/state=/);
    await expect(links.first()).toBeVisible();
    id = ((await links.last().getAttribute("aria-label")) ?? "").replace(/^Job /, "");
    expect(id).toContain("/");
  });

  await test.step("Cancel if currently harmful", async () => {
    if (engine === "bullmq") await seeWhyActiveCantBeCancelled();
    await page.goto(`${url}/queues/billing/jobs/${encodeURIComponent(id)}`);
    await expect(panel(page, "Payload")).toContainText("tenant-88");
    await look(page, "the poison");
    await hand.press(screen(page).getByRole("button", { name: "Cancel…" }));
    await confirm(page, /^Cancel .*\?$/, "it eats the workers", hand);
    await expect(messages(page)).toContainText(/is cancelled|was asked to stop/);
    const error = screen(page).getByRole("region", { name: /^Error( before it was cancelled)?$/ });
    await expect(error).toContainText("Cancelled", { timeout: 30_000 });
  });

  await test.step("Remove if payload is poison and should never rerun", async () => {
    await hand.press(screen(page).getByRole("button", { name: "Remove…" }));
    await confirm(page, /^Remove .*\?$/, "poison: the import sent a file instead of lines", hand);
    await expect(messages(page)).toContainText("is removed");
    await expect(screen(page)).toContainText("was removed from billing");
    await expect(screen(page)).toContainText(/By ana at .*“poison: the import sent a file/);
    await look(page, "the page of a removed job");
  });

  await test.step("Document action and rationale in incident notes", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    // On one of the engines as on a page without https, where browsers hide the clipboard.
    if (engine === "bullmq")
      await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.goto(`${url}/audit?job_id=${encodeURIComponent(id)}`);
    await hand.press(screen(page).getByRole("button", { name: "Copy for notes" }));
    await expect(screen(page).getByRole("button", { name: "Copied" })).toBeVisible();
    const notes = await pasted(page);
    expect(notes).toContain("job.remove");
    expect(notes).toContain("the import sent a file instead of lines");
    expect(notes).toContain("ana");
  });

  await test.step("Verify action exists in /audit", async () => {
    const records = screen(page).getByRole("table", { name: "Audit records" }).getByRole("row");
    await expect(records.filter({ hasText: "job.remove" })).toContainText("success");
    await expect(records.filter({ hasText: "job.cancel" })).toContainText("it eats the workers");
  });

  async function seeWhyActiveCantBeCancelled() {
    await page.goto(url + PASTED);
    await expect(links.first()).toBeVisible({ timeout: 40_000 });
    await hand.press(links.first());
    const cancel = screen(page).getByRole("button", { name: "Cancel…" });
    await expect(cancel).toHaveAttribute("aria-disabled", "true");
    await hand.point(cancel);
    await expect(page.getByRole("tooltip")).toContainText("BullMQ can't stop a running job from outside");
  }
});
