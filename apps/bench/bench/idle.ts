import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import type { Bench, Comparison, Say } from "../src/bench.ts";
import { ask, BOARDS, type Board, withBoard } from "../src/boards.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { watchRedisCost } from "../src/redis-cost.ts";

const MB = 2 ** 20;

export const bench: Bench = {
  title: "Nobody looks",
  run: (say) => compareIdle(10, say, 10_000),
};

interface Idle {
  rss: number;
  cpu: number;
  commands: number;
}

/** What a board takes when nobody looks at so many queues, after it was looked at once. */
export async function compareIdle(queues: number, say: Say, watchMs: number): Promise<Comparison> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(queues);
  await seedQueues(redis, names);
  const idle = new Map<Board["name"], Idle>();
  for (const enter of BOARDS)
    await withBoard(enter, server.url, names, async (board) => {
      await ask(board, board.paths.list);
      await sleep(watchMs / 5);
      idle.set(board.name, await watch(board, redis, watchMs));
      say(`${board.name}: ${idle.get(board.name)?.rss.toFixed(0)} MB`);
    });
  redis.disconnect();
  const line = (what: string, unit: string, key: keyof Idle, asked: number | null, why: string) => {
    const of = (name: Board["name"]) => idle.get(name)?.[key] ?? Number.NaN;
    const peers = { "bull-board": of("bull-board"), Workbench: of("Workbench") };
    return { what, unit, better: "less" as const, ours: of("Spillway"), peers, asked, why };
  };
  return {
    lines: [
      line("memory", "MB", "rss", 115, HOLDS),
      line("processor", "%", "cpu", null, SAMPLES),
      line("Redis commands", "/s", "commands", null, SAMPLES),
    ],
    notes: [
      `${queues} queues in which nothing happens, looked at once before. Memory is what is resident in the end.`,
    ],
  };
}

async function watch({ server }: Board, redis: Redis, watchMs: number): Promise<Idle> {
  const cost = await watchRedisCost(redis);
  const cpu = server.cpu() ?? Number.NaN;
  await sleep(watchMs);
  return {
    rss: (server.rss() ?? Number.NaN) / MB,
    cpu: (((server.cpu() ?? Number.NaN) - cpu) / watchMs) * 100,
    commands: ((await cost.stop()).commands / watchMs) * 1_000,
  };
}

const HOLDS = "Spillway holds history, rates and the audit; the others hold nothing";
const SAMPLES =
  "Spillway samples the queues every 2 s and reads their events four times a second whether or not anybody looks: whoever comes later is shown what happened before";
