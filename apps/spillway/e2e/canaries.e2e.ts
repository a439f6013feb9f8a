import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { ask, post } from "./fixtures/ask.ts";
import {
  CANARY,
  createOutputs,
  keepFile,
  keepPage,
  type Outputs,
  plant,
  readAll,
  SAID,
  tap,
  tapStream,
} from "./fixtures/canaries.ts";
import { confirm, introduce, messages, panel, screen } from "./fixtures/person.ts";
import { redisBehind, redisCommand } from "./fixtures/seed.ts";
import type { SpillwayFixture, World } from "./fixtures/spillway.ts";
import { expect, test } from "./fixtures/test.ts";

/** A console on jobs that are full of secrets, and one such job. */
async function openFull(spillway: SpillwayFixture, args: string[]): Promise<{ world: World; jobId: string }> {
  const password = `${CANARY}0`;
  const world = await spillway.open({ scenario: "bad-deploy", rate: 0, password, args });
  if (world.behind === null) {
    const { items } = await ask<{ items: { id: string }[] }>(
      world.url,
      "/queues/billing/jobs?state=failed&size=1",
    );
    return { world, jobId: items[0]?.id ?? "" };
  }
  const behind = redisBehind(world);
  const hset = (id: string, ...words: string[]) =>
    redisCommand(behind, "HSET", `bull:billing:${id}`, ...words);
  await plant(behind.fleet.queues.billing, hset);
  await expect
    .poll(async () => (await ask<{ state: string }>(world.url, "/queues/billing/jobs/canary-failed")).state)
    .toBe("failed");
  const stack = `LoginError: ${SAID}\n    at login (/srv/src/login.ts:1:1)`;
  await hset(
    "canary-failed",
    "failedReason",
    SAID,
    "stacktrace",
    JSON.stringify([stack]),
    "returnvalue",
    `"${SAID}"`,
  );
  return { world, jobId: "canary-failed" };
}

/** Looks at every screen and copies what can be copied. */
async function walk(page: Page, url: string, jobId: string, outputs: Outputs): Promise<void> {
  const job = `/queues/billing/jobs/${encodeURIComponent(jobId)}`;
  const paths = [
    "/",
    "/queues",
    "/queues/billing",
    "/queues/billing/jobs?state=failed",
    "/queues/billing/jobs?state=delayed",
    job,
    "/queues/billing/dlq",
    "/queues/billing/schedules",
    "/queues/billing/audit",
    "/workers",
    "/metrics",
    "/operations",
    "/audit",
  ];
  for (const path of paths) {
    await page.goto(url + path);
    await expect(screen(page).getByRole("heading").first()).toBeVisible();
    const copy = screen(page).getByRole("button", { name: "Copy for notes" });
    for (const button of (await copy.all()).slice(0, 2)) await button.click();
    if (path === job) await copyAndUnfold(page);
    await keepPage(page, outputs, path);
  }
}

async function copyAndUnfold(page: Page): Promise<void> {
  await expect(panel(page, "Payload")).toBeVisible();
  await screen(page).getByRole("button", { name: "Copy the payload" }).click();
  for (const fold of await screen(page).locator("summary").all()) await fold.click();
}

test("attack 15: secrets reach no page, reply, stream, log, file, export or note; one payload shows them for a reason", async ({
  page,
  guard,
  engine,
  spillway,
  look,
}) => {
  test.setTimeout(300_000);
  guard.expect(/status of (404|409|503)/);
  const folder = await mkdtemp(join(tmpdir(), "spillway-canaries-"));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true }));
  const files = [
    join(folder, "audit.ndjson"),
    ...(engine === "bullmq" ? [join(folder, "operations.ndjson")] : []),
  ];
  const args = files.flatMap((file, i) => [i === 0 ? "--audit-file" : "--operations-file", file]);
  const { world, jobId } = await openFull(spillway, args);
  const { url, process } = world;
  const outputs = createOutputs();
  const stop = new AbortController();
  const stream = tapStream(url, outputs, stop.signal);
  await tap(page.context(), outputs);

  await test.step("What people and programs send is no secret afterwards", async () => {
    await page.goto(`${url}/queues`);
    await introduce(page, `ana token=${CANARY}`);
    await screen(page).getByRole("button", { name: "Pause… billing" }).click();
    await confirm(
      page,
      "Pause billing?",
      `the old password=${CANARY} is out, see https://u:${CANARY}@wiki.example/`,
    );
    await expect(messages(page)).toContainText("billing is paused");
    const reason = `because of ${SAID}`;
    const marker = { title: `deployed with token=${CANARY}`, kind: "deploy", reason };
    expect((await post(url, "/markers", marker)).status).toBe(200);
    const bulk = {
      action: "job.remove",
      selection: { filter: { state: "completed", q: `token=${CANARY}` } },
      reason,
    };
    outputs.add("bulk", await (await post(url, "/queues/billing/jobs/bulk", bulk)).text());
    const chosen = { action: "job.retry", selection: { ids: [{ id: jobId }] }, reason };
    outputs.add("retry", await (await post(url, "/queues/billing/jobs/bulk", chosen)).text());
  });

  await test.step("Every screen, every reply of the table", async () => {
    await walk(page, url, jobId, outputs);
    await readAll(url, outputs, { queue: "billing", job_id: jobId });
    const secret = engine === "bullmq" ? CANARY : "nothing-like-it";
    for (const part of [secret, secret.slice(0, 4)]) {
      const found = await ask<{ items: unknown[] }>(url, `/queues/billing/jobs?q=${part}`);
      expect(found.items, `searching for ${part}`).toEqual([]);
    }
    await look(page, "after all of it");
  });

  await test.step("One payload, to whoever says why, until the page is left", async () => {
    await page.goto(`${url}/queues/billing/jobs/${encodeURIComponent(jobId)}`);
    const hidden = await panel(page, "Payload").textContent();
    await page.getByRole("button", { name: "Show redacted…" }).click();
    const question = page.getByRole("dialog");
    await expect(question).toContainText("Everybody who can read the audit will see that you did this.");
    await question.getByLabel(/^Reason/).fill("the customer calls");
    await question.getByRole("button", { name: "Show them" }).click();
    await expect(panel(page, "Payload")).toContainText("until you leave this page");
    if (engine === "bullmq") await expect(panel(page, "Payload")).toContainText(CANARY);
    else expect(await panel(page, "Payload").textContent()).not.toBe(hidden);
    await look(page, "shown for a reason");
    await page.goto(`${url}/audit?action=job.reveal`);
    await expect(screen(page)).toContainText("the customer calls");
    await keepPage(page, outputs, "the audit of it");
    await page.goBack();
    await expect(page.getByRole("button", { name: "Show redacted…" })).toBeVisible();
    await keepPage(page, outputs, "the page one came back to");
  });

  await test.step("Nor when Redis goes away", async () => {
    if (world.behind === null) return;
    await world.behind.redis.stop();
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503);
    await readAll(url, outputs, { queue: "billing", job_id: jobId });
    await page.goto(url);
    await expect(screen(page).getByRole("heading").first()).toBeVisible();
    await keepPage(page, outputs, "without Redis");
  });

  await page.close();
  stop.abort();
  await stream;
  await process.stop();
  outputs.add("what the process said", process.output());
  for (const file of files) await keepFile(file, outputs);
  expect(outputs.leaks()).toEqual([]);
  // It looked at much, and much was redacted.
  expect(outputs.counts().all).toBeGreaterThan(80);
  expect(outputs.counts().redacted).toBeGreaterThan(20);
});
