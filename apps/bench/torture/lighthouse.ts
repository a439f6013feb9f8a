import { type Browser, chromium } from "@playwright/test";
import { startChromium } from "../src/chromium-process.ts";
import { type Console, startProcess } from "../src/console.ts";
import { type Marks, markPage } from "../src/lighthouse.ts";
import { timeContent, timeRoute, watchShifts } from "../src/page-speed.ts";
import { atLeast, atMost, exactly, type Figure, type Report, type Torture } from "../src/torture.ts";
import { summaryOf } from "../src/waits.ts";

/** On how much slower a processor content must come in time. */
const SLOWDOWN = 4;
const WATCHED_MS = 60_000;
const LINKS = ["Queues", "Workers", "Metrics", "Operations", "Audit", "Overview"];

export const torture: Torture = {
  title: "Every screen before Lighthouse, and while it is live",
  run: measureScreens,
};

async function measureScreens(say: (line: string) => void): Promise<Report> {
  await using console = await startProcess(["--scenario", "bad-deploy", "--sample-interval", "1s"]);
  const screens = await screensOf(console);
  const figures: Figure[] = [];
  for (const path of screens) {
    // A browser each, so that nothing of one screen is cached for the next.
    await using shell = await startChromium();
    const marks = await markPage(new URL(path, console.url).href, shell.port);
    figures.push(...figuresOf(path, marks));
    say(
      `${path}: ${marks.performance} ${marks.accessibility} ${marks["best-practices"]} ${marks.lost.join(", ")}`,
    );
  }
  await using shell = await startChromium();
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${shell.port}`);
  figures.push(...(await inBrowser(browser, console, screens, say)));
  await browser.close();
  return {
    figures,
    notes: [
      "The console is the process that ships, on the embedded engine in the middle of a bad deploy, a sample a second; Lighthouse as it marks desktops, each screen in a browser of its own.",
      `Content: a heading, and nothing in the main part that stands for what is still to come; nothing cached, a processor ${SLOWDOWN} times slower, the median of three.`,
      "A change of screens is timed from the click in the page itself, the second time around, the slowest of three.",
      "Shifts are summed as browsers count CLS, loading included, 60 s a screen while its data streams; nobody touches it.",
    ],
  };
}

/** Every screen by its path; those of one thing have one of each. */
async function screensOf(console: Console): Promise<string[]> {
  const jobs = await console.get<{ items: { id: string }[] }>("api/queues/billing/jobs?state=failed&size=2");
  const ids = jobs.items.map(({ id }) => ({ id }));
  const body = { action: "job.retry", selection: { ids }, reason: "to have an operation" };
  const bulk = await console.post<{ operation?: { id: string } }>("api/queues/billing/jobs/bulk", body);
  const audit = await console.get<{ items: { id: string }[] }>("api/audit?limit=1");
  const tabs = ["", "/jobs?state=failed", "/dlq", "/schedules", "/metrics", "/audit"];
  return [
    "",
    "queues",
    ...tabs.map((tab) => `queues/billing${tab}`),
    `queues/billing/jobs/${ids[0]?.id}`,
    "workers",
    "metrics",
    "operations",
    `operations/${bulk.operation?.id}`,
    "audit",
    `audit/${audit.items[0]?.id}`,
  ];
}

function figuresOf(path: string, marks: Marks): Figure[] {
  const why = marks.lost.length === 0 ? {} : { why: marks.lost.join(", ") };
  return [
    { ...atLeast(`/${path}: performance`, marks.performance, 95, ""), ...why },
    { ...exactly(`/${path}: accessibility`, marks.accessibility, 100), ...why },
    { ...exactly(`/${path}: best practices`, marks["best-practices"], 100), ...why },
  ];
}

async function inBrowser(
  browser: Browser,
  console: Console,
  screens: readonly string[],
  say: (line: string) => void,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const path of screens) {
    const url = new URL(path, console.url).href;
    const tries = [];
    for (let n = 0; n < 3; n += 1) tries.push(await timeContent(browser, url, SLOWDOWN));
    figures.push(
      atMost(`/${path}: content, processor ${SLOWDOWN}× slower`, summaryOf(tries).p50, 1_000, "ms"),
    );
    say(`${path}: content ${figures.at(-1)?.measured}`);
  }
  figures.push(...(await routes(browser, console.url)));
  const shifts = await Promise.all(
    screens.map((path) => watchShifts(browser, new URL(path, console.url).href, WATCHED_MS)),
  );
  for (const [index, shifted] of shifts.entries()) {
    const what = `/${screens[index]}: shifted in 60 s of live updates`;
    figures.push({ what, measured: shifted.toFixed(4), target: "≤ 0.02", passed: shifted <= 0.02 });
  }
  say(`shifts: ${shifts.map((one) => one.toFixed(3)).join(" ")}`);
  return figures;
}

/** Once around to warm up, then three times. */
async function routes(browser: Browser, url: string): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  const took = new Map<string, number[]>(LINKS.map((link) => [link, []]));
  for (let round = 0; round < 4; round += 1)
    for (const link of LINKS) {
      const ms = await timeRoute(page, link);
      if (round > 0) took.get(link)?.push(ms);
    }
  await page.close();
  return [...took].map(([link, all]) => atMost(`to ${link}, warm`, Math.max(...all), 100, "ms"));
}
