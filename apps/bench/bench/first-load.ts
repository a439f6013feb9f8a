import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "@playwright/test";
import { CHROMIUM_FLAGS, findChromium, startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import type { Bench, Comparison, Line, Say } from "../src/bench.ts";
import { BOARDS, type Board, withBoard } from "../src/boards.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { summaryOf } from "../src/waits.ts";

export const bench: Bench = {
  title: "The first look, in Chromium",
  run: (say) => compareFirstLooks([10, 1_000], 5, say),
};

const PATIENCE_MS = 60_000;
/** Any of the queues; which comes first is the board's business. */
const A_QUEUE = /queue-\d{4}/;

/** Somebody opens the page of queues for the first time, so often. */
export async function compareFirstLooks(
  sizes: readonly number[],
  looks: number,
  say: Say,
): Promise<Comparison> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("Chromium was not found: install it, or name it in CHROMIUM.");
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  const lines: Line[] = [];
  for (const size of sizes) {
    await using server = await startRedis();
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    await seedQueues(redis, queueNames(size));
    redis.disconnect();
    const seen = new Map<Board["name"], Look>();
    for (const enter of BOARDS)
      await withBoard(enter, server.url, queueNames(size), async (board) => {
        const look = await lookAt(browser, board, looks);
        say(`${size} queues, ${board.name}: ${look.shownMs.toFixed(0)} ms`);
        seen.set(board.name, look);
      });
    lines.push(...linesOf(size, seen, size === sizes[0]));
  }
  await browser.close();
  return { lines, notes: NOTES };
}

interface Look {
  /** Until a queue is shown, ms. */
  shownMs: number;
  /** Of the JavaScript until then, gzipped. */
  kB: number;
  nodes: number;
}

async function lookAt(browser: Browser, board: Board, looks: number): Promise<Look> {
  const all: Look[] = [];
  for (let n = 0; n < looks; n++) all.push(await lookOnce(browser, board));
  const median = (key: keyof Look) => summaryOf(all.map((look) => look[key])).p50;
  return { shownMs: median("shownMs"), kB: median("kB"), nodes: median("nodes") };
}

/** In a context of its own: nothing is cached, and nobody outside is asked. */
async function lookOnce(browser: Browser, { server, paths }: Board): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.route(
    ({ hostname }) => hostname !== "127.0.0.1",
    (route) => route.abort(),
  );
  const page = await context.newPage();
  const scripts = collectScripts(page);
  const from = performance.now();
  await page.goto(new URL(paths.page, server.url).href, { waitUntil: "commit" });
  await page.getByText(A_QUEUE).first().waitFor({ timeout: PATIENCE_MS });
  const shownMs = performance.now() - from;
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const kB = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0) / 1_000;
  await context.close();
  return { shownMs, kB, nodes };
}

/** What each would be gzipped: who compresses on the way is a matter of what stands before it. */
function collectScripts(page: Page): Promise<number>[] {
  const scripts: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script")
      scripts.push(
        response.body().then(
          (body) => gzipSync(body).length,
          () => 0,
        ),
      );
  });
  return scripts;
}

function linesOf(size: number, seen: ReadonlyMap<Board["name"], Look>, isFirst: boolean): Line[] {
  const line = (what: string, unit: string, key: keyof Look): Line => {
    const of = (name: Board["name"]) => seen.get(name)?.[key] ?? Number.NaN;
    const peers = { "bull-board": of("bull-board"), Workbench: of("Workbench") };
    return { what, unit, better: "less", ours: of("Spillway"), peers, asked: null, why: WHY };
  };
  const queues = `${size.toLocaleString("en-US")} queues`;
  return [
    ...(isFirst ? [line("JavaScript until the list is there, gzipped", "kB", "kB")] : []),
    line(`${queues}: until they are shown`, "ms", "shownMs"),
    line(`${queues}: elements in the page`, "", "nodes"),
  ];
}

const WHY =
  "Each row of ours has lines, trends and findings, and the page a stream, where bull-board shows counts; which of it takes the time is not measured yet";

const NOTES = [
  "What the first screen may weigh at most is for `pnpm size` to say.",
  "The page of queues of Spillway and of bull-board; of Workbench, whose page of queues shows the same numbers, the home page with its queues. Nothing is cached; the median of five.",
];
