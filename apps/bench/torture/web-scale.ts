import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { startChromium } from "../src/chromium-process.ts";
import { knows, startConsole } from "../src/console.ts";
import { seedFailed } from "../src/failed-jobs.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { type Jank, scroll, takeJank, watchJank } from "../src/page-jank.ts";
import { atLeast, atMost, exactly, type Figure, type Report, type Torture, told } from "../src/torture.ts";
import { startTraffic } from "../src/traffic.ts";
import { summaryOf } from "../src/waits.ts";

const QUEUE = "billing";
const PER_SECOND = 50;
/** What a busy machine takes to bring a few hundred rows more. */
const PATIENCE_MS = 180_000;

export const torture: Torture = {
  title: "A thousand queues and ten thousand rows in Chromium",
  run: (say) => workOnLargePages({ queues: 1_000, rows: 10_000, ms: 60_000 }, say),
};

interface Size {
  queues: number;
  rows: number;
  /** How long each page is used. */
  ms: number;
}

/** Uses the two largest pages while they are live: by keys and clicks, and scrolling. */
export async function workOnLargePages(size: Size, say: (line: string) => void): Promise<Report> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(size.queues);
  await seedQueues(redis, names);
  await seedFailed(redis, QUEUE, 2 * size.rows, Date.now() - 60_000);
  await using console = await startConsole(server.url);
  await knows(console, QUEUE);
  const traffic = startTraffic(redis, [...names, QUEUE], PER_SECOND);
  await using shell = await startChromium();
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${shell.port}`);
  say("everything is there");
  const queues = await open(browser, new URL("queues", console.url).href);
  await queues.locator("[data-row]").first().waitFor();
  const figures = await workOn(queues, size.ms, `${size.queues} queues`);
  await queues.close();
  say(`used ${size.queues} queues`);
  const jobs = await open(browser, new URL(`queues/${QUEUE}/jobs?state=failed&q=tenant`, console.url).href);
  const rows = await bring(jobs, size.rows);
  say(`${rows} rows are there`);
  figures.push(atLeast("rows brought into one list", rows, size.rows, ""));
  figures.push(...(await workOn(jobs, size.ms, `${size.rows} rows`)));
  await browser.close();
  await traffic.stop();
  redis.disconnect();
  return {
    figures,
    notes: [
      `Redis with ${size.queues} queues in which ${PER_SECOND} jobs a second arrive, the console that ships and headless Chromium, on one machine. Pictures come every 2 s.`,
      "An interaction is a key or a click every quarter of a second: down, up, select, sort; what took less than 16 ms to the next paint counts as 16. Then the page is scrolled to and fro for a quarter of the time.",
    ],
  };
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await watchJank(page);
  await page.goto(url);
  return page;
}

/** Goes on with a search until so many rows were found. */
async function bring(page: Page, wanted: number): Promise<number> {
  const words = page.getByRole("status").filter({ hasText: "match" }).first();
  const found = async () => Number(/^[\d,]+/.exec((await words.innerText()).trim())?.[0].replaceAll(",", ""));
  const more = page.getByRole("button", { name: "Continue" });
  while ((await found()) < wanted) {
    await more.waitFor({ timeout: PATIENCE_MS });
    await more.click();
    await sleep(100);
  }
  return found();
}

const KEYS = ["j", "j", "j", "x", "j", "k", "x", "End", "j", "Home"];

async function workOn(page: Page, ms: number, of: string): Promise<Figure[]> {
  // Loading is for other runs to judge.
  await sleep(Math.min(ms, 3_000));
  await takeJank(page);
  let pressed = 0;
  for (const until = Date.now() + 0.75 * ms; Date.now() < until; pressed++) {
    await page.keyboard.press(KEYS[pressed % KEYS.length] ?? "j");
    await sleep(250);
  }
  await page.keyboard.press("Escape");
  await scroll(page, 0.25 * ms);
  return figuresOf(await takeJank(page), pressed, of);
}

function figuresOf({ interactions, longTasks, frames }: Jank, pressed: number, of: string): Figure[] {
  const quick = Array.from({ length: Math.max(0, pressed - interactions.length) }, () => 16);
  const long = longTasks.filter((ms) => ms > 100);
  const waits = [...interactions, ...quick].toSorted((a, b) => a - b);
  const p75 = waits[Math.floor(0.75 * waits.length)] ?? Number.NaN;
  const { p50, p95, worst } = summaryOf(frames);
  return [
    atMost(`${of}: interaction to next paint, p75 of ${pressed}`, p75, 100, "ms"),
    told(`${of}: the slowest interaction`, `${Math.max(...waits).toFixed(0)} ms`),
    exactly(`${of}: tasks of more than 100 ms`, long.length, 0),
    told(`${of}: the longest task`, `${Math.max(0, ...longTasks).toFixed(0)} ms`),
    atMost(`${of}: between two frames while scrolling, p50`, p50, 17, "ms"),
    told(`${of}: p95 and worst`, `${p95.toFixed(0)}, ${worst.toFixed(0)} ms`),
  ];
}
