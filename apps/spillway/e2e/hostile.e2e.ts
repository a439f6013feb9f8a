import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { ask, post } from "./fixtures/ask.ts";
import { confirm, introduce, messages, panel, rowWith, screen } from "./fixtures/person.ts";
import { openQueue, openWorker, redisBehind, redisCommand } from "./fixtures/seed.ts";
import { expect, test } from "./fixtures/test.ts";

const MARKUP = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
const DELAYED = { delay: 3_600_000 };

/** A delayed job whose stored payload is this text. */
async function store(behind: ReturnType<typeof redisBehind>, id: string, data: string): Promise<void> {
  await behind.fleet.queues.billing.add("odd.payload", {}, { jobId: id, ...DELAYED });
  await redisCommand(behind, "HSET", `bull:billing:${id}`, "data", data);
}

async function openJob(page: Page, url: string, queue: string, id: string): Promise<void> {
  await page.goto(`${url}/queues/${encodeURIComponent(queue)}/jobs/${encodeURIComponent(id)}`);
  await expect(panel(page, "Payload")).toBeVisible();
}

test("payloads that are not JSON, huge or hold __proto__ are shown safely", async ({
  page,
  guard,
  spillway,
  look,
}) => {
  test.setTimeout(120_000);
  guard.expect(/status of 404 .*jobs.huge/);
  const world = await spillway.bullmq({ rate: 0 });
  const behind = redisBehind(world);
  const { billing } = behind.fleet.queues;
  await store(behind, "not-json", `{"tenant": "tenant-9", cut off`);
  await store(
    behind,
    "proto",
    `{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"a":1}`,
  );
  await store(behind, "number", "12345678901234567890");
  await billing.add("huge", { text: "x".repeat(10_000_000) }, { jobId: "huge", ...DELAYED });
  const { url } = world;

  await page.goto(`${url}/queues/billing/jobs?state=delayed`);
  await introduce(page, "ana");
  await expect(rowWith(page, "Job not-json")).toContainText("not JSON");
  await expect(rowWith(page, "Job huge")).toContainText(/huge.*too large to preview, 9\.5 MB/);
  await expect(rowWith(page, "Job proto")).toContainText("__proto__");
  await look(page, "odd payloads in the list");

  await openJob(page, url, "billing", "not-json");
  await expect(panel(page, "Payload")).toContainText(`{"tenant": "tenant-9", cut off`);
  await openJob(page, url, "billing", "number");
  await expect(panel(page, "Payload")).toContainText("12345678901234567890");
  await openJob(page, url, "billing", "proto");
  await expect(panel(page, "Payload")).toContainText("__proto__");
  expect(await page.evaluate(() => Reflect.get({}, "polluted"))).toBeUndefined();
  await openJob(page, url, "billing", "huge");
  await expect(panel(page, "Payload")).toContainText("9.5 MB");
  await expect(panel(page, "Payload")).toContainText("Only its first part is shown");
  await look(page, "10 MB");
  // Still quick: the page can be used.
  await screen(page).getByRole("button", { name: "Remove…" }).click();
  await confirm(page, /^Remove huge\?$/);
  await expect(messages(page)).toContainText("huge is removed");
});

test("markup in every field stays text", async ({ page, spillway, look }) => {
  test.setTimeout(150_000);
  const world = await spillway.bullmq({ rate: 0, args: ["--name", MARKUP] });
  const behind = redisBehind(world);
  const { billing } = behind.fleet.queues;
  await using stack = new AsyncDisposableStack();
  const named = openQueue(behind, MARKUP);
  stack.defer(() => named.close());
  await named.add(MARKUP, { [MARKUP]: MARKUP }, { jobId: MARKUP, ...DELAYED });
  await named.upsertJobScheduler(MARKUP, { every: 3_600_000 }, { name: MARKUP, data: { [MARKUP]: MARKUP } });
  // The fleet knows no such task, so its worker throws an error that holds the name.
  await billing.add(MARKUP, { [MARKUP]: MARKUP }, { jobId: MARKUP, attempts: 1 });
  await billing.addJobLog(MARKUP, MARKUP);
  const { url } = world;
  const queue = encodeURIComponent(MARKUP);

  await page.goto(`${url}/queues`);
  await introduce(page, MARKUP);
  await expect(rowWith(page, MARKUP)).toBeVisible({ timeout: 60_000 });
  await screen(page)
    .getByRole("button", { name: `Pause… ${MARKUP}` })
    .click();
  await confirm(page, `Pause ${MARKUP}?`, MARKUP);
  await expect(messages(page)).toContainText(`${MARKUP} is paused`);

  const SCREENS = [
    "/",
    "/queues",
    `/queues/${queue}`,
    `/queues/${queue}/jobs`,
    `/queues/${queue}/jobs?state=delayed&q=${queue}&task=${queue}`,
    `/queues/${queue}/jobs/${queue}`,
    `/queues/${queue}/schedules`,
    `/queues/${queue}/metrics`,
    `/queues/${queue}/audit`,
    "/queues/billing/dlq",
    `/queues/billing/jobs/${queue}`,
    "/metrics",
    `/audit?q=${queue}`,
    "/audit",
  ];
  for (const path of SCREENS) {
    await page.goto(url + path);
    await expect(page.getByText("<img src=x").first()).toBeVisible();
    await expect(page.locator("img[src=x]")).toHaveCount(0);
    if (path.endsWith(`/jobs/${queue}`)) await look(page, decodeURIComponent(path));
  }
  await expect(page).toHaveTitle(/<img src=x/);
});

/** Ways to get from text to script: out of an attribute, a title or a script, by a scheme, a frame, a style or a template. */
const TRICKS = [
  `<img src=x onerror="alert(1)">`,
  `"><svg onload=alert(2)>`,
  `</title></script><script>alert(3)</script>`,
  `<iframe srcdoc="<script>alert(4)</script>"></iframe>`,
  `<a href="javascript&colon;alert(5)">x</a>`,
  `[x](javascript&colon;alert(6))`,
  `<style>@import url(//x)</style>`,
  "{{constructor.constructor('alert(7)')()}}",
  `<math><mtext><img src=x onerror=alert(9)>`,
  "\u202e\u2066<form action=javascript&colon;alert(10)><button>",
].join(" ");

/** What a page would hold if text had become markup. */
const MADE =
  "img[src=x], iframe, object, embed, form[action], style:not([nonce]):not(head style), a[href^='javascript' i], main script";

test("attack 12: hostile text in every field, on every screen, in toasts, titles and files, stays text", async ({
  page,
  guard,
  spillway,
  look,
}) => {
  test.setTimeout(300_000);
  // Of what there is not, and of the job once it is removed.
  guard.expect(/status of 404/);
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "spillway-hostile-"));
  stack.defer(() => rm(folder, { recursive: true }));
  const links = ["queue", "task", "worker", "trouble"].map((on) => ({
    on,
    label: TRICKS.slice(0, 80),
    url: `https://x.example/{${on}}`,
  }));
  await writeFile(join(folder, "config.json"), JSON.stringify({ links, task_notes: { [TRICKS]: TRICKS } }));
  const world = await spillway.bullmq({
    rate: 0,
    args: ["--name", TRICKS.slice(0, 190), "--config", join(folder, "config.json")],
  });
  const behind = redisBehind(world);
  const { billing } = behind.fleet.queues;
  const { url } = world;
  const hset = (id: string, ...words: string[]) =>
    redisCommand(behind, "HSET", `bull:billing:${id}`, ...words);
  const worker = openWorker(behind, "billing", TRICKS);
  stack.defer(() => worker.close());

  await billing.add(TRICKS, { [TRICKS]: TRICKS }, { jobId: "evil", attempts: 1 });
  await billing.addJobLog("evil", TRICKS);
  await billing.add(
    TRICKS,
    { [TRICKS]: [TRICKS] },
    { jobId: `waits ${TRICKS}`.replaceAll(":", ""), ...DELAYED },
  );
  await billing.upsertJobScheduler(
    TRICKS,
    { every: 3_600_000 },
    { name: TRICKS, data: { [TRICKS]: TRICKS } },
  );
  await expect
    .poll(async () => (await ask<{ state: string }>(url, "/queues/billing/jobs/evil")).state)
    .toBe("failed");
  const stacks = JSON.stringify([
    `${TRICKS}: ${TRICKS}\n    at ${TRICKS} (${TRICKS}:1:1)\n    at f (/srv/src/a.ts:1:1)`,
  ]);
  await hset(
    "evil",
    "failedReason",
    TRICKS,
    "stacktrace",
    stacks,
    "returnvalue",
    JSON.stringify({ [TRICKS]: TRICKS }),
  );
  await hset("evil", "progress", JSON.stringify({ [TRICKS]: TRICKS }));

  await page.goto(`${url}/queues`);
  await introduce(page, TRICKS.slice(0, 80));
  await screen(page).getByRole("button", { name: "Pause… billing" }).click();
  await confirm(page, "Pause billing?", TRICKS);
  await expect(messages(page)).toContainText("billing is paused");
  const said = { reason: TRICKS, incident: TRICKS.slice(0, 100) };
  await post(url, "/markers", { title: TRICKS.slice(0, 200), kind: "incident", ...said });
  await post(url, "/queues/billing/jobs/bulk", {
    action: "job.retry",
    selection: { ids: [{ id: "evil" }] },
    ...said,
  });
  await post(url, "/queues/billing/resume", said);
  const { items } = await ask<{ items: { id: string }[] }>(url, "/operations");
  const { items: records } = await ask<{ items: { id: string }[] }>(url, "/audit");

  const tricks = encodeURIComponent(TRICKS.slice(0, 200));
  const paths = [
    "/",
    `/?since=${tricks}`,
    "/queues",
    `/queues?q=${tricks}`,
    "/queues/billing",
    "/queues/billing/jobs",
    `/queues/billing/jobs?state=delayed&q=${tricks}&task=${tricks}&worker=${tricks}`,
    "/queues/billing/jobs/evil",
    "/queues/billing/dlq",
    "/queues/billing/schedules",
    "/queues/billing/metrics",
    "/queues/billing/audit",
    "/workers",
    "/metrics",
    `/operations/${items[0]?.id}`,
    "/operations",
    `/audit?q=${tricks}&actor=${tricks}`,
    `/audit/${records[0]?.id}`,
    "/audit",
    `/${tricks}`,
    `/queues/${tricks}`,
    `/queues/billing/jobs/${tricks}`,
  ];
  for (const path of paths) {
    await page.goto(url + path);
    await expect(screen(page)).toBeVisible();
    await expect(page.locator("main :is(h1, h2)").first()).toBeVisible();
    expect([path, await page.locator(MADE).count()]).toEqual([path, 0]);
    expect(await page.title()).toContain("Spillway");
  }
  await page.goto(`${url}/queues/billing/jobs/evil`);
  await screen(page).getByRole("button", { name: "Remove…" }).click();
  await confirm(page, /^Remove evil\?$/, TRICKS);
  await expect(messages(page)).toContainText("evil is removed");
  await look(page, "hostile text in a toast");
  for (const format of ["csv", "ndjson", "markdown"]) {
    const file = await fetch(`${url}/api/audit/export?format=${format}`);
    expect(file.headers.get("Content-Disposition")).toMatch(/^attachment; filename="[\w.-]+"$/);
    expect(file.headers.get("Content-Type")).not.toMatch(/html|xml|script/);
    expect(file.headers.get("X-Content-Type-Options")).toBe("nosniff");
  }
  // The policy is the real one: had anything run or been refused, the guard would have seen it.
  expect((await fetch(url)).headers.get("Content-Security-Policy")).toContain(
    "require-trusted-types-for 'script'",
  );
});
