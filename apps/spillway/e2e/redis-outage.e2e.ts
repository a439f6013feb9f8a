import type { Page } from "@playwright/test";
import { freePort, startRedis } from "@spillway/testkit/node";
import { startFleet } from "../../../packages/engine-bullmq/example/fleet.ts";
import { expectLive, numberIn, rowWith, screen, stat } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

/** What the console must never say while it cannot know. */
const NOTHING = /\b0 (queues?|workers?|of \d+ workers?)\b|has no queues yet|Nobody works|No healthy worker/;

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
}, testInfo) => {
  test.setTimeout(150_000);
  guard.expect(/the server responded with a status of 503/);
  const { url, behind } = await spillway.bullmq({ durable: true, args: ["--sample-interval", "1s"] });
  if (behind === null) throw new Error("There is no Redis to kill.");
  await page.goto(`${url}/`);
  await expectLive(page);
  await expect.poll(async () => numberIn(await stat(page, "Workers").textContent())).toBe(2);

  await behind.redis.stop();
  await test.step("The banner says why and from when everything is", async () => {
    await expect(banner(page)).toContainText(`127.0.0.1:${behind.redis.port}`);
    await expect(banner(page)).toContainText(/What you see was true at \d\d:\d\d:\d\dZ/);
    await expect(page.getByRole("status", { name: "Updates: stale" })).toContainText(/^last good .* ago/);
    expect(await readyz(url)).toMatchObject({ status: 503, code: "engine_unavailable", cause: "down" });
  });
  const checkFigures = async () => {
    await expect(banner(page)).toBeVisible();
    await expect(screen(page)).not.toContainText(NOTHING);
  };
  await test.step("No screen shows zeros, while one stays or arrives anew", async () => {
    for (const arrive of ["stay", "anew"]) {
      for (const path of ["/", "/queues", "/queues/billing", "/workers"]) {
        if (arrive === "anew") await page.goto(url + path);
        else if (path === "/queues/billing") await rowWith(page, "billing").getByRole("link").first().click();
        else await page.getByRole("navigation", { name: "Main" }).locator(`a[href$="${path}"]`).click();
        await checkFigures();
        if (path === "/queues/billing") expect(numberIn(await stat(page, "Workers").textContent())).toBe(2);
        if (path === "/workers") await expect(screen(page)).toContainText("shop-worker-1");
        if (path === "/queues") await expect(rowWith(page, "billing").getByRole("cell").last()).toBeVisible();
        if (path === "/") expect(numberIn(await stat(page, "Workers").textContent())).toBe(2);
        await look(page, `${path} during the outage, ${arrive}`);
      }
    }
  });
  await test.step("What can't be known says so in words", async () => {
    await page.goto(`${url}/queues/billing/jobs?state=failed`);
    await expect(screen(page)).toContainText(/can ?not be reached|cannot reach/i);
    await expect(screen(page)).not.toContainText("No failed jobs");
  });

  await page.goto(`${url}/`);
  await behind.redis.restart();
  await test.step("Redis is back, and so is the data", async () => {
    const ms = await healed(url, Date.now());
    await expect(banner(page)).toBeHidden({ timeout: 20_000 });
    await expectLive(page);
    testInfo.annotations.push({ type: "healed after Redis' return", description: `${ms} ms` });
    const failed = async () => numberIn(await rowWith(page, "billing").textContent());
    await expect.poll(failed).not.toBeNull();
  });
  await test.step("The history has a gap, not zeros", async () => {
    const { history, gaps } = await (await fetch(`${url}/api/metrics/history?limit=1000`)).json();
    expect(gaps).toBeGreaterThan(0);
    const holes = history.filter((sample: { gap: boolean }) => sample.gap);
    expect(holes.length).toBeGreaterThan(0);
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
}, testInfo) => {
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
  testInfo.annotations.push({
    type: "healed after the first start",
    description: `${await healed(url, back)} ms`,
  });
  await expect(banner(page)).toBeHidden({ timeout: 20_000 });
  await expect(rowWith(page, "billing")).toBeVisible({ timeout: 20_000 });
});
