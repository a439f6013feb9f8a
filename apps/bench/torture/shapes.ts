import { setTimeout as sleep } from "node:timers/promises";
import type { Shapes } from "@spillway/contract/schemas";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { type Console, knows, startConsole, watchRise } from "../src/console.ts";
import { countsOf, failAt, seedFailed } from "../src/failed-jobs.ts";
import { watchPings } from "../src/ping-watch.ts";
import { rawPayloadScan } from "../src/raw-scan.ts";
import { atMost, exactly, type Report, type Torture, told } from "../src/torture.ts";

const QUEUE = "billing";
const PATH = `api/queues/${QUEUE}/dlq/shapes`;
/** How often the page asks while a reading is not done, ms. */
const PACE_MS = 100;
const NEW_JOBS = 1_000;
const MB = 2 ** 20;

export const torture: Torture = {
  title: "Error shapes of 1,000,000 failed jobs on Redis",
  run: (say) => readShapes(1_000_000, say),
};

/** Seeds failed jobs, groups them as the page of failed jobs would, and compares with what was seeded. */
export async function readShapes(jobs: number, say: (line: string) => void): Promise<Report> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const newestAt = Date.now() - 60_000;
  await seedFailed(redis, QUEUE, jobs, newestAt);
  say(`${jobs} failed jobs are there`);
  await seedFailed(redis, "warm", 2_000, newestAt);
  await using pings = await watchPings(server.url);
  await using console = await startConsole(server.url);
  await warmUp(console);
  const rawBefore = await rawPayloadScan(redis, QUEUE);
  const rawWaits = await pings.waits();
  const rise = watchRise(console.rss);
  const reading = await readAll(console, jobs, say);
  const risen = rise.stop();
  const waits = await pings.waits();
  const raw = (rawBefore + (await rawPayloadScan(redis, QUEUE))) / 2;
  const more = await readMore(console, redis, jobs);
  redis.disconnect();
  return {
    figures: [
      atMost("first shapes", reading.firstMs, 300, "ms"),
      atMost("all of them, against a raw scan of the payloads", reading.totalMs / raw, 3, "×"),
      told("all of them", `${(reading.totalMs / 1000).toFixed(1)} s in ${reading.requests} requests`),
      told("raw scan of the payloads", `${(raw / 1000).toFixed(1)} s`),
      atMost("PING of another client meanwhile, p99", waits.p99, 10, "ms"),
      told("its worst, and the p99 during the raw scan", `${ms(waits.worst)}, ${ms(rawWaits.p99)}`),
      atMost("memory of the console above what it was", (risen ?? Number.NaN) / MB, 80, "MB"),
      exactly("jobs counted", reading.counted, jobs),
      exactly("shapes whose count is not what was seeded", wrong(reading.counts, countsOf(jobs)), 0),
      exactly("jobs counted once there were 1,000 more", more.counted, jobs + NEW_JOBS),
      atMost("jobs read for those 1,000", more.read, NEW_JOBS + 500, ""),
    ],
    notes: [
      "The console is the process that ships, started from its sources; it is asked over HTTP as its page asks it.",
      "The raw scan is `SORT_RO … BY nosort GET # GET *->data` in batches of 500, two in flight; once before, once after.",
    ],
  };
}

/** Loads the code and lets memory settle: what is measured after it is the reading alone. */
async function warmUp(console: Console): Promise<void> {
  await knows(console, "warm");
  for (let i = 0; i < 5; i++) await console.get("api/queues/warm/dlq/shapes");
  await sleep(2_000);
}

interface Reading {
  firstMs: number;
  totalMs: number;
  requests: number;
  counted: number;
  counts: number[];
}

async function readAll(console: Console, jobs: number, say: (line: string) => void): Promise<Reading> {
  const from = performance.now();
  let firstMs = 0;
  for (let requests = 1; ; requests++) {
    const askedAt = performance.now();
    const shapes = await console.get<Shapes>(PATH);
    if (requests === 1) {
      firstMs = performance.now() - from;
      say(`first ${shapes.scanned} after ${ms(firstMs)}`);
    }
    if (shapes.complete) {
      const totalMs = performance.now() - from;
      return { firstMs, totalMs, requests, counted: shapes.scanned, counts: countsIn(shapes) };
    }
    if (shapes.scanned > jobs) throw new Error(`${shapes.scanned} were counted of ${jobs}.`);
    await sleep(Math.max(0, PACE_MS - (performance.now() - askedAt)));
  }
}

/** After some more jobs failed: how many jobs Redis was asked for to count them too. */
async function readMore(
  console: Console,
  redis: Redis,
  jobs: number,
): Promise<{ counted: number; read: number }> {
  const now = Date.now();
  await failAt(
    redis,
    QUEUE,
    jobs,
    Array.from({ length: NEW_JOBS }, (_, n) => now + n),
  );
  const before = await jobsRead(redis);
  const shapes = await console.get<Shapes>(PATH);
  const read = (await jobsRead(redis)) - before;
  return { counted: shapes.items.reduce((sum, shape) => sum + shape.count, 0), read };
}

/** Each job that is looked at costs one HMGET. */
async function jobsRead(redis: Redis): Promise<number> {
  return Number(/cmdstat_hmget:calls=(\d+)/.exec(await redis.info("commandstats"))?.[1] ?? 0);
}

const countsIn = ({ items }: Shapes): number[] => items.map((shape) => shape.count);

function wrong(counted: readonly number[], seeded: readonly number[]): number {
  const length = Math.max(counted.length, seeded.length);
  return Array.from({ length }, (_, i) => i).filter((i) => counted[i] !== seeded[i]).length;
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
