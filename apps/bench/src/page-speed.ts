import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";

declare global {
  /** Since the page began, ms: when there was something to read for the first time; null: not yet. */
  var readableAt: number | null | undefined;
  /** The largest sum of shifts within one session window, as browsers count CLS. */
  var shifted: number | undefined;
}

/** Something to read: a heading, and nothing in the content that stands for what is still to come. */
const watchContent = (): void => {
  globalThis.readableAt = null;
  const look = (): void => {
    const main = document.querySelector("main");
    const isThere = main?.querySelector("h1") !== null && main?.querySelector(".animate-pulse") === null;
    if (main !== null && isThere) globalThis.readableAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();
};

/** Loads a page with nothing cached on a processor that is so many times slower; until it can be read, ms. */
export async function timeContent(browser: Browser, url: string, slowdown: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(watchContent);
  await page.goto(url);
  const at = await page.waitForFunction(() => globalThis.readableAt);
  const ms = Number(await at.jsonValue());
  await context.close();
  return ms;
}

/** How far what is on a page moved by itself while it was looked at, loading included. */
export async function watchShifts(browser: Browser, url: string, ms: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(countShifts);
  await page.goto(url);
  await sleep(ms);
  const shifted = await page.evaluate(() => globalThis.shifted ?? Number.NaN);
  await context.close();
  return shifted;
}

/** Session windows: shifts at most 1 s apart, 5 s long at most. Nobody touches anything, so each shift counts. */
const countShifts = (): void => {
  globalThis.shifted = 0;
  let [sum, first, last] = [0, 0, 0];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const apart = entry.startTime - last > 1_000 || entry.startTime - first > 5_000;
      if (apart) [sum, first] = [0, entry.startTime];
      last = entry.startTime;
      sum += Number(Reflect.get(entry, "value"));
      globalThis.shifted = Math.max(globalThis.shifted ?? 0, sum);
    }
  }).observe({ type: "layout-shift", buffered: true });
};

/** From a click on a link of the navigation until the screen behind it can be read, in the page's own time; ms. */
export async function timeRoute(page: Page, link: string): Promise<number> {
  return page.evaluate(async (name) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('nav[aria-label="Main"] a')];
    const wanted = links.find(({ textContent }) => textContent?.startsWith(name));
    if (wanted === undefined) throw new Error(`There is no ${name} in the navigation.`);
    const from = performance.now();
    wanted.click();
    const isThere = () => {
      const main = document.querySelector("main");
      return main?.querySelector("h1")?.textContent === name && !main.querySelector(".animate-pulse");
    };
    while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - from;
  }, link);
}
