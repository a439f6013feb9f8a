import type { Page } from "@playwright/test";
import type { Overview, QueueDetail } from "@spillway/contract/schemas";
import { freePort, startRedis } from "@spillway/testkit/node";
import { startFleet } from "../../../packages/engine-bullmq/example/fleet.ts";
import { ask } from "./fixtures/ask.ts";
import { expectLive, numberIn, rowWith, screen, stat } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

/** What the console must never say while it cannot know. */
const NOTHING =
  /\b0 (queues?|workers?|jobs?|of \d+ workers?)\b|has no queues yet|No worker is connected|No queue is found|No healthy worker|No (failed|matching|waiting) jobs?|No schedules|Nothing (needs attention|failed)/;

/** Screens that ask Redis itself, so that they can only say that it does not answer. */
const ASKS_REDIS = ["/jobs", "/jobs?state=failed", "/dlq", "/schedules", "/jobs/1"];

const banner = (page: Page) => page.getByRole("alert").filter({ hasText: "Cannot reach Redis" });
const readyz = async (url: string) => {
  const reply = await fetch(`${url}/readyz`);
  return { ...(await reply.json()), status: reply.status };
};

/** Since the time passed in: ms until the engine answers again. */
async function healed(url: string, since: number): Promise<number> {
  await expect.poll(async () => (await readyz(url)).status, { timeout: 20_000, intervals: [50] }).toBe(200);
  return Date.now() - since;
}

test("Redis goes and comes back: last good figures with their age, never zeros", async ({
  page,
  guard,
  spillway,
  look,
}) => {
  test.setTimeout(240_000);
  guard.expect(/the server responded with a status of 503/);
  const { url, behind } = await spillway.bullmq({ durable: true, args: ["--sample-interval", "1s"] });
  if (behind === null) throw new Error("There is no Redis to kill.");
  await page.goto(`${url}/`);
  await expectLive(page);
  await expect.poll(async () => numberIn(await stat(page, "Workers").textContent())).toBe(2);

  const pictures = new Map<string, Overview>();
  const keep = setInterval(() => {
    ask<Overview>(url, "/overview").then(
      (picture) => pictures.set(picture.as_of, picture),
      () => {},
    );
  }, 100);
  await expect.poll(() => pictures.size).toBeGreaterThan(2);
  await behind.redis.stop();
  await test.step("The banner says why and from when everything is", async () => {
    await expect(banner(page)).toContainText(`127.0.0.1:${behind.redis.port}`);
    await expect(banner(page)).toContainText(/What you see was true at \d\d:\d\d:\d\dZ/);
    await expect(page.getByRole("status", { name: "Updates: stale" })).toContainText(/^last good .* ago/);
    expect(await readyz(url)).toMatchObject({ status: 503, code: "engine_unavailable", cause: "down" });
  });
  clearInterval(keep);
  const last = await ask<Overview>(url, "/overview");
  const queue = await ask<QueueDetail>(url, "/queues/billing");
  await test.step("What is held is the last good picture, not one of the outage", () => {
    expect(last).toMatchObject({ stale: true, total_workers: 2 });
    expect(pictures.get(last.as_of)?.jobs).toEqual(last.jobs);
  });
  const figures = {
    "/": { Workers: last.total_workers, Waiting: last.jobs.waiting, Active: last.jobs.active },
    "/queues/billing": {
      Workers: queue.workers,
      Waiting: queue.counts.waiting,
      Active: queue.counts.active,
      Delayed: queue.counts.delayed,
    },
  };
  const checkFigures = async (path: string) => {
    await expect(banner(page)).toBeVisible();
    await expect(screen(page)).not.toContainText(NOTHING);
    await expect(screen(page)).not.toContainText(/(Stable|Recovering|Regressing|Still failing) since/);
    for (const [label, value] of Object.entries(path in figures ? figures[path as keyof typeof figures] : {}))
      expect
        .soft([path, label, numberIn(await stat(page, label).locator("dd").first().textContent())])
        .toEqual([path, label, value]);
    if (path === "/workers") await expect(screen(page)).toContainText("shop-worker-1");
    if (path === "/queues")
      await expect(rowWith(page, "billing").getByRole("cell").nth(2)).toHaveText(
        String(queue.counts.waiting),
      );
  };
  await test.step("Every figure is the last good one, while one stays or arrives anew", async () => {
    for (const arrive of ["stay", "anew"]) {
      for (const path of ["/", "/queues", "/queues/billing", "/workers", "/metrics"]) {
        if (arrive === "anew") await page.goto(url + path);
        else if (path === "/queues/billing") await rowWith(page, "billing").getByRole("link").first().click();
        else await page.getByRole("navigation", { name: "Main" }).locator(`a[href$="${path}"]`).click();
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await checkFigures(path);
        await look(page, `${path} during the outage, ${arrive}`);
      }
    }
  });
  await test.step("What can't be known says so in words, and nothing is called empty", async () => {
    for (const path of ASKS_REDIS) {
      await page.goto(`${url}/queues/billing${path}`);
      await expect(screen(page)).toContainText(/can(no|')t be reached|cannot reach/i);
      await expect(screen(page)).not.toContainText(NOTHING);
    }
  });

  await page.goto(`${url}/`);
  await behind.redis.restart();
  const back = Date.now();
  await test.step("Redis is back, and so is the data", async () => {
    const ms = await healed(url, back);
    await expect(banner(page)).toBeHidden({ timeout: 20_000 });
    await expectLive(page);
    console.log(`healed: ${ms} ms after Redis' return`);
    const failed = async () => numberIn(await rowWith(page, "billing").textContent());
    await expect.poll(failed).not.toBeNull();
  });
  await test.step("The history has a gap, not zeros", async () => {
    const { history, gaps } = await (await fetch(`${url}/api/metrics/history?limit=1000`)).json();
    expect(gaps).toBeGreaterThan(0);
    const holes = history.filter((sample: { gap: boolean }) => sample.gap);
    expect(holes.length).toBeGreaterThan(0);
    // Samples are taken once a second: at most three more find nobody after Redis is back.
    const late = holes.filter(({ timestamp }: { timestamp: string }) => Date.parse(timestamp) > back);
    console.log(`healed: ${late.length} of ${holes.length} gaps after Redis' return`);
    expect(late.length).toBeLessThanOrEqual(3);
    for (const hole of holes) expect(hole).toMatchObject({ waiting: null, failed: null, total_queues: null });
    await page.goto(`${url}/metrics`);
    await expect(screen(page)).toContainText(/ticks failed and are gaps, never zeros/);
    await look(page, "metrics with the gap");
  });
});

test("Redis is absent at the start: it says what it tried, and heals alone", async ({
  page,
  guard,
  spillway,
  look,
}) => {
  guard.expect(/the server responded with a status of 503/);
  const port = await freePort();
  const redis = `redis://127.0.0.1:${port}`;
  const { url } = await spillway.start(["--engine", "bullmq", "--redis", redis, "--sample-interval", "1s"]);
  expect(await readyz(url)).toMatchObject({ status: 503, cause: "down" });
  for (const path of ["/queues", "/workers", "/metrics", "/audit", "/"]) {
    await page.goto(url + path);
    await expect(banner(page)).toContainText("It has not answered since Spillway started.");
    await expect(banner(page)).toContainText(`127.0.0.1:${port}`);
    await expect(screen(page)).not.toContainText(NOTHING);
    await look(page, `${path} before Redis`);
  }
  spillway.also(await startRedis({ port }));
  const back = Date.now();
  spillway.also(await startFleet({ url: redis }));
  console.log(`healed: ${await healed(url, back)} ms after the first start`);
  await expect(banner(page)).toBeHidden({ timeout: 20_000 });
  await expect(rowWith(page, "billing")).toBeVisible({ timeout: 20_000 });
});
