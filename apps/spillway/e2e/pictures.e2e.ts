import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { differingShare } from "./fixtures/compare-pictures.ts";
import { type FrozenConsole, liveThroughIncident, startFrozen } from "./fixtures/frozen-console.ts";
import {
  duringIncident,
  EMPTY,
  ENGINE_DOWN,
  MISSING,
  NOTHING_MATCHES,
  type Picture,
  WORKERS,
} from "./fixtures/pictures.ts";
import { expect, test } from "./fixtures/test.ts";

/** The pictures of the documentation; `pnpm pictures` takes them anew. */
const FOLDER = join(import.meta.dirname, "../../../docs/pictures");
const TAKES_ANEW = process.env.PICTURES === "write";
/** Another machine's letters differ in less than this, a panel that stands elsewhere in many times as much. */
const MOST_DIFFERING = 0.01;
/** Some of what surrounds a screen comes late: a picture that differs is taken again so often. */
const LOOKS = 8;
const BETWEEN_MS = 500;

test("every screen looks as in the documentation", async ({ page, context, guard, spillway }, testInfo) => {
  test.setTimeout(300_000);
  guard.expect(/status of (404|503)/);
  const incident = spillway.also(await startFrozen("bad-deploy"));
  const empty = spillway.also(await startFrozen(null));
  const paths = await liveThroughIncident(incident);
  const canvas = await context.newPage();
  const differing: Record<string, number> = {};
  const check = async (from: FrozenConsole, picture: Picture): Promise<void> => {
    await show(page, from, picture);
    const file = join(FOLDER, `${picture.name}.png`);
    if (TAKES_ANEW) await writeFile(file, await still(page));
    const kept = existsSync(file) ? await readFile(file) : Buffer.alloc(0);
    const { share, taken } = await compare(page, canvas, kept);
    if (share <= MOST_DIFFERING) return;
    differing[picture.name] = share;
    await mkdir(testInfo.outputDir, { recursive: true });
    await writeFile(testInfo.outputPath(`${picture.name}.png`), taken);
  };

  for (const picture of duringIncident(paths)) await check(incident, picture);
  await check(incident, NOTHING_MATCHES);
  await check(incident, MISSING);
  await check(empty, EMPTY);
  await check(incident, WORKERS);
  const whole = await shoot(page);
  await page.evaluate(() => document.querySelector("main")?.style.setProperty("padding-left", "40px"));
  const broken = await differingShare(canvas, whole, await shoot(page));
  expect(broken, "a broken layout is seen").toBeGreaterThan(MOST_DIFFERING * 2);

  incident.outage.begin();
  await incident.world.clock.advance(40_000);
  await check(incident, ENGINE_DOWN);
  expect(differing, "what no longer looks as kept; `pnpm pictures` keeps what is meant").toEqual({});
});

const shoot = (page: Page) => page.screenshot({ animations: "disabled", caret: "hide" });

/** Once nothing changes any more. */
async function still(page: Page): Promise<Buffer> {
  let before = await shoot(page);
  for (;;) {
    await sleep(BETWEEN_MS * 2);
    const now = await shoot(page);
    if (now.equals(before)) return now;
    before = now;
  }
}

async function compare(page: Page, canvas: Page, kept: Buffer): Promise<{ share: number; taken: Buffer }> {
  let taken = await shoot(page);
  let share = kept.length === 0 ? 1 : await differingShare(canvas, kept, taken);
  for (let look = 1; look < LOOKS && kept.length > 0 && share > MOST_DIFFERING; look += 1) {
    await sleep(BETWEEN_MS);
    taken = await shoot(page);
    share = await differingShare(canvas, kept, taken);
  }
  return { share, taken };
}

async function show(page: Page, { url, world }: FrozenConsole, picture: Picture): Promise<void> {
  const { path, dark = false, phone = false, tall = null, open } = picture;
  await page.clock.setFixedTime(world.clock.now());
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
  // As tall as the page is, so that what stays on screen is as tall, too.
  await page.setViewportSize({ width: phone ? 390 : 1280, height: tall ?? 800 });
  // The same screen in another light needs no loading.
  if (page.url() !== url + path) await page.goto(url + path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await page.evaluate(() => document.fonts.ready);
  // Nothing stands for what is still to come, and no chart for itself.
  await expect(page.locator(".animate-pulse, [data-sketch]")).toHaveCount(0);
  if (open === undefined) return;
  await open(page);
  await expect(page.getByRole("dialog")).toBeVisible();
}
