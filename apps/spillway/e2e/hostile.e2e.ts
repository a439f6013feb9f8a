import type { Page } from "@playwright/test";
import { confirm, introduce, messages, panel, rowWith, screen } from "./fixtures/person.ts";
import { openQueue, redisBehind, redisCommand } from "./fixtures/seed.ts";
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
