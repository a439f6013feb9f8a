import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import type { Bench, Comparison, Line, Say } from "../src/bench.ts";
import { ask, BOARDS, type Board, spillway, take, withBoard } from "../src/boards.ts";
import { seedFailed } from "../src/failed-jobs.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { type PingWatch, watchPings } from "../src/ping-watch.ts";
import { rawPayloadScan } from "../src/raw-scan.ts";
import { type Search, searchAll } from "../src/search.ts";
import { timed } from "../src/timed.ts";

const QUEUE = "billing";
const SIZE = 50;
/** Besides the one that failed. */
const OTHERS = 9;
/** May do everything but the one command that reads fastest. */
const NO_SORT = ["ACL", "SETUSER", "nosort", "on", ">pw", "~*", "&*", "+@all", "-sort", "-sort_ro"] as const;

export const bench: Bench = {
  title: "A million failed jobs: pages and searches",
  run: (say) => compareFailed(1_000_000, 10_000, say, 3_000),
};

/** So many failed jobs of one queue, beside nine small ones; pages of fifty, the first and a deep one. */
export async function compareFailed(
  jobs: number,
  deepPage: number,
  say: Say,
  budgetMs: number,
): Promise<Comparison> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(OTHERS);
  await seedQueues(redis, names);
  await seedFailed(redis, QUEUE, jobs, Date.now() - 60_000);
  say(`${jobs} failed jobs are there`);
  const lines: Line[] = [];
  for (const page of [1, deepPage])
    lines.push(await pageLine(server.url, [QUEUE, ...names], page, budgetMs, say));
  await using pings = await watchPings(server.url);
  lines.push(...(await searches(server.url, redis, names, jobs, pings, say)));
  redis.disconnect();
  return { lines, notes: NOTES };
}

async function pageLine(
  redisUrl: string,
  names: readonly string[],
  page: number,
  budgetMs: number,
  say: Say,
): Promise<Line> {
  const p50 = new Map<Board["name"], number>();
  for (const enter of BOARDS)
    await withBoard(enter, redisUrl, names, async (board) => {
      const path = board.paths.failed(QUEUE, page, SIZE);
      const ids = (await ask(board, path)).match(/"(tenant-\d+|id)\\?":\\?"/g)?.length ?? 0;
      if (ids < SIZE) throw new Error(`${board.name} shows ${ids} of ${SIZE} jobs of page ${page}.`);
      const waits = await timed(() => take(board, path), budgetMs);
      say(`page ${page}, ${board.name}: ${waits.p50.toFixed(1)} ms`);
      p50.set(board.name, waits.p50);
    });
  const of = (name: Board["name"]) => p50.get(name) ?? Number.NaN;
  const peers = { "bull-board": of("bull-board"), Workbench: of("Workbench") };
  const what = `page ${page.toLocaleString("en-US")}: answer, p50`;
  const why = "Each of our rows says more: its error with its shape, what is redacted, who ran it";
  return { what, unit: "ms", better: "less", ours: of("Spillway"), peers, asked: 20, why };
}

/** What a search costs, against bringing all payloads here without looking at them. */
async function searches(
  redisUrl: string,
  redis: Redis,
  others: readonly string[],
  jobs: number,
  pings: PingWatch,
  say: Say,
): Promise<Line[]> {
  const needle = `"inv_${Math.floor(jobs / 2)}"`;
  const names = [QUEUE, ...others];
  const board = await spillway(redisUrl, names);
  await using _ = board.server;
  await searchAll(board, "queue-0000", { q: "tenant" });
  const raw = jobs / (await rawPayloadScan(redis, QUEUE));
  await pings.waits();
  const byPayload = await searchAll(board, QUEUE, { q: needle });
  const { p99, worst } = await pings.waits();
  const first = await searchFirst(board, "tenant-17");
  const byName = await searchAll(board, QUEUE, { task: "no such task" });
  await redis.call(...NO_SORT);
  const fallback = await searchWithoutSort(redisUrl, names, needle);
  const theirs = await foundByWorkbench(redisUrl, names, `inv_${Math.floor(jobs / 2)}`);
  for (const [what, search] of Object.entries({ byPayload, byName, fallback }))
    say(`${what}: ${search.found} found in ${search.totalMs.toFixed(0)} ms, ${search.requests} requests`);
  return [
    line("payload search: jobs that hold it and were found", "", "more", byPayload.found, 1, theirs),
    line("payload search: jobs looked at", "", "more", byPayload.scanned, jobs),
    line("payload search: speed", "jobs/s", "more", speed(byPayload, jobs), null),
    {
      ...line(
        "payload search: against bringing all payloads here",
        "×",
        "more",
        speed(byPayload, jobs) / (raw * 1_000),
        0.75,
      ),
      why: "Redis looks through each payload by a script, some 3 µs a job; its own SORT reads one in half of that",
    },
    line("payload search: first hits of a frequent word", "ms", "less", first, 500),
    {
      ...line("payload search: PING of another client meanwhile, p99", "ms", "less", p99, 10),
      why: "Redis, the console and the pings share two processors here",
    },
    line("payload search: its worst", "ms", "less", worst, null),
    line("payload search where SORT is not allowed: speed", "jobs/s", "more", speed(fallback, jobs), 80_000),
    line("search by name: speed", "jobs/s", "more", speed(byName, jobs), null),
    line("search by name: jobs looked at", "", "more", byName.scanned, jobs),
  ];
}

function line(
  what: string,
  unit: string,
  better: Line["better"],
  ours: number,
  asked: number | null,
  workbench?: string,
): Line {
  const peers = { "bull-board": "has no search", Workbench: workbench };
  return {
    what,
    unit,
    better,
    ours,
    asked,
    peers: workbench === undefined ? {} : { ...peers, Workbench: workbench },
  };
}

const speed = ({ totalMs }: Search, jobs: number): number => (jobs / totalMs) * 1_000;

async function searchFirst(board: Board, q: string): Promise<number> {
  const from = performance.now();
  const text = await ask(board, `api/queues/${QUEUE}/jobs?state=failed&q=${q}`);
  if (!text.includes(q)) return Number.POSITIVE_INFINITY;
  return performance.now() - from;
}

async function searchWithoutSort(redisUrl: string, names: readonly string[], q: string): Promise<Search> {
  const board = await spillway(redisUrl.replace("redis://", "redis://nosort:pw@"), names);
  await using _ = board.server;
  return await searchAll(board, QUEUE, { q });
}

/** It looks at the newest jobs of each state alone, and does not say so. */
async function foundByWorkbench(redisUrl: string, names: readonly string[], q: string): Promise<string> {
  const [, , workbench] = BOARDS;
  if (workbench === undefined) throw new Error("There is no Workbench.");
  const text = await withBoard(workbench, redisUrl, names, (board) => ask(board, `api/search?q=${q}`));
  const { results }: { results: unknown[] } = JSON.parse(text);
  return `${results.length}: it looks at the newest 40 of each state, and does not say so`;
}

const NOTES = [
  `One queue holds all of them, ${OTHERS} others a few jobs each; a page is ${SIZE} jobs on each board. Payloads are about 450 bytes; each job keeps three stacks.`,
  "A search follows the cursor to the end, as the page does; the word it looks for is in one job, in the middle. Bringing all payloads here is `SORT_RO … BY nosort GET # GET *->data` in batches of 500, two in flight.",
];
