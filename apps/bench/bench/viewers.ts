import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import type { Bench, Comparison, Line, Say } from "../src/bench.ts";
import { BOARDS, type Board, withBoard } from "../src/boards.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { watchRedisCost } from "../src/redis-cost.ts";
import { startTraffic } from "../src/traffic.ts";
import { startViewers } from "../src/viewers.ts";

/** The pages of bull-board and of Workbench ask again after this, and so does ours when somebody comes back to it. */
const EVERY_MS = 5_000;
const JOBS_PER_SECOND = 50;
const MB = 2 ** 20;

interface Crowd {
  queues: number;
  viewers: number;
}

export const bench: Bench = {
  title: "Many who look",
  run: (say) =>
    compareCrowds(
      [
        { queues: 100, viewers: 1 },
        { queues: 100, viewers: 10 },
        { queues: 100, viewers: 100 },
        { queues: 1_000, viewers: 100 },
      ],
      say,
      { everyMs: EVERY_MS, watchMs: 10_000 },
    ),
};

interface Pace {
  everyMs: number;
  /** How long is measured, once they have all come. */
  watchMs: number;
}

/** So many people look at the list of so many queues while jobs come in. */
export async function compareCrowds(crowds: readonly Crowd[], say: Say, pace: Pace): Promise<Comparison> {
  const lines: Line[] = [];
  const ours = new Map<Crowd, Load>();
  for (const crowd of crowds) {
    await using server = await startRedis();
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const names = queueNames(crowd.queues);
    await seedQueues(redis, names);
    const loads = new Map<Board["name"], Load>();
    for (const enter of BOARDS)
      await withBoard(enter, server.url, names, async (board) => {
        const load = await loadOf(board, redis, names, crowd, pace);
        say(
          `${words(crowd)}, ${board.name}: ${load.commands.toFixed(0)} commands/s, p95 ${load.p95.toFixed(0)} ms`,
        );
        loads.set(board.name, load);
      });
    redis.disconnect();
    const own = loads.get("Spillway");
    if (own !== undefined) ours.set(crowd, own);
    lines.push(...linesOf(crowd, loads));
  }
  return { lines: [...lines, ...growth(crowds, ours)], notes: NOTES };
}

interface Load {
  /** Redis commands a second. */
  commands: number;
  /** Of one processor, 1 is all of it. */
  redisCpu: number;
  boardCpu: number;
  p95: number;
  rss: number;
}

async function loadOf(
  board: Board,
  redis: Redis,
  names: readonly string[],
  { viewers }: Crowd,
  { everyMs, watchMs }: Pace,
): Promise<Load> {
  const { path, stream } = { path: board.paths.list, stream: board.paths.stream };
  const traffic = startTraffic(redis, names, JOBS_PER_SECOND);
  await using crowd = await startViewers(board.server.url, {
    viewers,
    path,
    everyMs,
    ...(stream && { stream }),
  });
  await sleep(everyMs * 1.2);
  await crowd.waits();
  const sentBefore = traffic.sent();
  const cost = await watchRedisCost(redis);
  const cpu = board.server.cpu() ?? Number.NaN;
  const from = performance.now();
  await sleep(watchMs);
  const spent = await cost.stop();
  const ms = performance.now() - from;
  const load = {
    commands: ((spent.commands - (traffic.sent() - sentBefore)) / ms) * 1_000,
    redisCpu: spent.cpuMs / ms,
    boardCpu: ((board.server.cpu() ?? Number.NaN) - cpu) / ms,
    p95: (await crowd.waits()).p95,
    rss: (board.server.rss() ?? Number.NaN) / MB,
  };
  await traffic.stop();
  return load;
}

const words = ({ queues, viewers }: Crowd): string =>
  `${viewers === 1 ? "1 viewer" : `${viewers} viewers`} of ${queues.toLocaleString("en-US")} queues`;

function linesOf(crowd: Crowd, of: ReadonlyMap<Board["name"], Load>): Line[] {
  const line = (
    what: string,
    unit: string,
    figure: (load: Load) => number,
    extra: Partial<Line> = {},
  ): Line => {
    const told = (name: Board["name"]) => {
      const load = of.get(name);
      return load === undefined ? Number.NaN : figure(load);
    };
    const peers = { "bull-board": told("bull-board"), Workbench: told("Workbench") };
    return {
      what: `${words(crowd)}: ${what}`,
      unit,
      better: "less",
      ours: told("Spillway"),
      peers,
      asked: null,
      ...extra,
    };
  };
  return [
    line("Redis commands", "/s", ({ commands }) => commands, { why: FEW_LOOK }),
    line("Redis' processor", "%", ({ redisCpu }) => redisCpu * 100, { why: FEW_LOOK }),
    line("the board's processor", "%", ({ boardCpu }) => boardCpu * 100, { why: FEW_LOOK }),
    line("answer, p95", "ms", ({ p95 }) => p95, { why: CACHED }),
    line("memory", "MB", ({ rss }) => rss, { why: HISTORY, ...(crowd.queues === 1_000 && { asked: 200 }) }),
  ];
}

/** What a hundred cost against one. */
function growth(crowds: readonly Crowd[], ours: ReadonlyMap<Crowd, Load>): Line[] {
  const [queues] = crowds.map((crowd) => crowd.queues);
  const same = crowds.filter((crowd) => crowd.queues === queues);
  const [one, many] = [same.at(0), same.at(-1)];
  if (one === undefined || many === undefined || one === many) return [];
  const ratio = (ours.get(many)?.commands ?? Number.NaN) / (ours.get(one)?.commands ?? Number.NaN);
  const what = `${many.viewers} viewers against ${one.viewers}: Redis commands`;
  return [{ what, unit: "×", better: "less", ours: ratio, peers: {}, asked: 1.05 }];
}

const FEW_LOOK =
  "Spillway samples all queues every 2 s and reads their events whether or not anybody looks, for history, rates and findings; the others ask only when they are asked, Workbench hardly ever";
const CACHED = "Workbench answers from a cache that is never renewed while people look";
const HISTORY = "Spillway holds history, rates and the audit; the others hold nothing";

const NOTES = [
  `Each viewer asks for the list again every ${EVERY_MS / 1_000} s, as the pages of bull-board and Workbench do. Spillway's page would not: it is told what changed by a stream, which each of its viewers holds open as well.`,
  `${JOBS_PER_SECOND} jobs a second come in meanwhile; their own commands are taken off. Commands that scripts run are counted.`,
];
