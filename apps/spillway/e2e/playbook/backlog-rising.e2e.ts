import { writeFileSync } from "node:fs";
import { floodMails } from "../fixtures/incidents.ts";
import { expectLive, flip, introduce, panel, rowWith, screen } from "../fixtures/person.ts";
import { expect, test } from "../fixtures/test.ts";

const ORCHESTRATOR = [{ on: "queue", label: "Scale", url: "https://orchestrator.example/{queue}" }];
const CROWD = { embedded: "mail.campaign", bullmq: "email.send" };

test("queue backlog rising", async ({ page, engine, spillway, hand, look }, testInfo) => {
  test.setTimeout(150_000);
  const config = testInfo.outputPath("spillway.json");
  writeFileSync(config, JSON.stringify({ links: ORCHESTRATOR }));
  const world = await spillway.open({
    scenario: "backlog",
    args: ["--config", config, "--sample-interval", "1s"],
  });
  using flood = world.behind && floodMails(world.behind);
  const { url } = world;

  await test.step("Open /queues, identify impacted queue, capture its name and its change rate", async () => {
    await page.goto(`${url}/queues`);
    await introduce(page, "ana", hand);
    await expectLive(page);
    await hand.choose(screen(page).getByRole("combobox", { name: "Order" }), "Growing fastest");
    await expect(page).toHaveURL(/sort=change/);
    const first = screen(page).getByRole("row").nth(1);
    await expect(first.getByRole("link", { name: "emails" })).toBeVisible({ timeout: 30_000 });
    await expect(first).toContainText(/\d\/min/);
    await expect(first).toContainText("not draining", { timeout: 30_000 });
    await look(page, "queues, the growing one first");
  });

  await test.step("Why it grows is said in a sentence", async () => {
    await hand.press(rowWith(page, "emails").getByRole("link", { name: "emails", exact: true }));
    await expect(panel(page, "Why it grows")).toBeVisible({ timeout: 30_000 });
    await look(page, "why it grows");
  });

  await test.step("No: scale workers via orchestrator", async () => {
    const scale = panel(page, "Why it grows").getByRole("link", { name: "Scale" });
    await expect(scale).toHaveAttribute("href", "https://orchestrator.example/emails");
  });

  await test.step("Open /workers: confirm worker heartbeat recency", async () => {
    await page.goto(`${url}/workers?queue=emails`);
    const working = screen(page).getByRole("table", { name: "Workers at work" });
    await expect(working.getByRole("row")).not.toHaveCount(1);
    const rows = working.getByRole("row").filter({ hasText: "emails" });
    for (const row of await rows.all()) await expect(row).toContainText("healthy");
    if (engine === "embedded") {
      await expect(rows.first().getByRole("img", { name: /^Last heartbeat \d+ s ago/ })).toBeVisible();
    } else {
      await expect(rows.first()).toContainText("Known by its connection only");
    }
    await look(page, "workers");
  });

  await test.step("Open /queues/{name}/jobs?state=active: verify active-job payload pattern", async () => {
    await page.goto(`${url}/queues/emails/jobs?state=active`);
    const jobs = screen(page).getByRole("table", { name: "Jobs of emails" });
    await expect(jobs.getByRole("row").filter({ hasText: CROWD[engine] }).first()).toContainText("tenant-17");
    await hand.press(screen(page).getByRole("link", { name: "Overview" }));
    // One task holds most of the slots: the first line of the breakdown.
    const groups = panel(page, "Active now").getByRole("listitem");
    await expect(groups.first()).toContainText(CROWD[engine]);
  });

  await test.step("Yes: pause queue to contain impact", async () => {
    await flip(page, "Pause", "emails", "campaign floods the relay", hand);
    await expect(screen(page).getByRole("button", { name: "Resume… emails" })).toBeVisible();
    await page.goto(`${url}/queues`);
    await expect(rowWith(page, "emails")).toContainText("paused");
  });

  await test.step("Fix worker/task root cause", async () => {
    if (flood === null) await hand.press(page.getByRole("button", { name: "Fix the cause" }));
    else await flood.fix();
  });

  await test.step("Resume queue", async () => {
    await page.goto(`${url}/queues/emails`);
    await flip(page, "Resume", "emails", "campaign stopped", hand);
    const growing = rowWith(page, "emails").getByText("not draining");
    await page.goto(`${url}/queues`);
    await expect(growing).toBeHidden({ timeout: 40_000 });
    await expect(rowWith(page, "emails")).not.toContainText("paused");
    await page.goto(`${url}/audit?queue=emails`);
    for (const action of ["queue.pause", "queue.resume"]) {
      await expect(rowWith(page, action)).toContainText("ana");
    }
  });
});
