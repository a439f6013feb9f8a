import { setTimeout as sleep } from "node:timers/promises";
import { createBullmqEngine } from "@spillway/engine-bullmq";
import { startRedis, startTurnCounter } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import type { Bench, Comparison, Line, Say } from "../src/bench.ts";
import { ask, BOARDS, type Board, take, withBoard } from "../src/boards.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { watchRedisCost } from "../src/redis-cost.ts";
import { timed } from "../src/timed.ts";

export const bench: Bench = {
  title: "The list of queues",
  run: (say) => compareLists([10, 100, 1_000], say, { budgetMs: 5_000, patienceMs: 8_000 }),
};

interface Times {
  /** How long each is asked for its list. */
  budgetMs: number;
  /** How long a new failed job may take to be counted before we stop looking. */
  patienceMs: number;
}

/** The list of so many queues, asked for again and again. */
export async function compareLists(sizes: readonly number[], say: Say, times: Times): Promise<Comparison> {
  const lines: Line[] = [];
  for (const size of sizes) {
    await using server = await startRedis();
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const names = queueNames(size);
    const isLargest = size === sizes.at(-1);
    await seedQueues(redis, names);
    const lists: [Board["name"], Listed][] = [];
    for (const enter of BOARDS) {
      const listed = await withBoard(enter, server.url, names, async (board) => {
        const result = await list(board, redis, size, {
          ...times,
          patienceMs: isLargest ? times.patienceMs : 0,
        });
        say(`${size} queues, ${board.name}: ${result.p50.toFixed(1)} ms`);
        return [board.name, result] as const;
      });
      lists.push([...listed]);
    }
    lines.push(...linesOf(size, new Map(lists), isLargest ? times : null));
    if (isLargest) lines.push(...(await pictures(server.port, names, times.budgetMs)));
    redis.disconnect();
  }
  return { lines, notes: NOTES };
}

interface Listed {
  queues: number;
  p50: number;
  /** The very first answer of a process that just listens, ms. */
  first: number;
  commands: number;
  /** Until a job that failed is counted, ms. */
  countedAfter: number;
}

async function list(board: Board, redis: Redis, size: number, times: Times): Promise<Listed> {
  const from = performance.now();
  const queues = queuesIn(await ask(board, board.paths.list));
  const first = performance.now() - from;
  if (queues !== size) throw new Error(`${board.name} lists ${queues} queues of ${size}.`);
  const cost = await watchRedisCost(redis);
  let answers = 0;
  const waits = await timed(() => {
    answers++;
    return take(board, board.paths.list);
  }, times.budgetMs);
  const { commands } = await cost.stop();
  return {
    queues,
    p50: waits.p50,
    first,
    commands: commands / answers,
    countedAfter: await countedAfter(board, redis, times.patienceMs),
  };
}

/** Each names its queues in its own way, but names them. */
function queuesIn(text: string): number {
  return text.match(/"name":"queue-\d{4}"/g)?.length ?? 0;
}

/** Puts one more failed job into the first queue, as BullMQ would, and looks until the list tells of it. */
async function countedAfter(board: Board, redis: Redis, patienceMs: number): Promise<number> {
  const [queue = ""] = queueNames(1);
  const failedIn = (text: string) => text.slice(text.indexOf(queue)).match(/"failed":(\d+)/)?.[1];
  const before = failedIn(await ask(board, board.paths.list));
  const from = performance.now();
  await redis.zadd(`bull:${queue}:failed`, Date.now(), `${board.name}-more`);
  while (performance.now() - from < patienceMs) {
    if (failedIn(await ask(board, board.paths.list)) !== before) return performance.now() - from;
    await sleep(100);
  }
  return Number.POSITIVE_INFINITY;
}

function linesOf(size: number, of: ReadonlyMap<string, Listed>, largest: Times | null): Line[] {
  const ours = of.get("Spillway");
  const theirs = of.get("bull-board");
  const other = of.get("Workbench");
  if (!ours || !theirs || !other) throw new Error("Somebody did not answer.");
  const what = `${size} queues`;
  const lines: Line[] = [
    {
      what: `${what}: answer, p50`,
      unit: "ms",
      better: "less",
      ours: ours.p50,
      peers: { "bull-board": theirs.p50, Workbench: other.p50 },
      asked: 15,
      why: "Workbench answers from a cache of two minutes that each look makes two minutes younger; ours is at most one tick old",
    },
  ];
  if (largest !== null)
    lines.push(
      {
        what: `${what}: against bull-board`,
        unit: "×",
        better: "more",
        ours: theirs.p50 / ours.p50,
        peers: {},
        asked: 15,
      },
      {
        what: `${what}: Redis commands an answer`,
        unit: "",
        better: "less",
        ours: ours.commands,
        peers: { "bull-board": theirs.commands },
        asked: null,
      },
      {
        what: `${what}: until a failed job is counted`,
        unit: "ms",
        better: "less",
        ours: ours.countedAfter,
        peers: {
          Workbench: Number.isFinite(other.countedAfter)
            ? other.countedAfter
            : `not in ${largest.patienceMs / 1_000} s`,
        },
        asked: 2_500,
      },
    );
  return lines;
}

/** What a tick costs: the adapter alone, beside nothing else. */
async function pictures(port: number, names: readonly string[], budgetMs: number): Promise<Line[]> {
  await using relay = await startTurnCounter(port);
  await using counted = createBullmqEngine({ url: `redis://127.0.0.1:${relay.port}`, queues: [...names] });
  await counted.snapshot();
  relay.reset();
  await counted.snapshot();
  const [turns = Number.NaN] = relay.turnsOf("LIST");
  await using engine = createBullmqEngine({ url: `redis://127.0.0.1:${port}`, queues: [...names] });
  await engine.snapshot();
  const { p50 } = await timed(() => engine.snapshot(), budgetMs);
  const what = `a picture of ${names.length} queues`;
  return [
    { what: `${what}, p50`, unit: "ms", better: "less", ours: p50, peers: {}, asked: 50 },
    { what: `${what}: round trips`, unit: "", better: "less", ours: turns, peers: {}, asked: 1 },
  ];
}

const NOTES = [
  "Each is asked for what its own page of queues asks for. bull-board and Workbench are told the names of the queues and share one connection, which is their best case; Spillway finds them.",
  "bull-board counts when it is asked, so a failed job is in its next answer, which its page asks for every 5 s.",
  "The picture is what a tick takes, by the adapter in this process; round trips are counted by a relay before Redis.",
];
