import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { bullBoard, type Contestant, spillway } from "../src/contestants.ts";
import { seedFailed } from "../src/failed-jobs.ts";
import { keepLooking } from "../src/looks.ts";
import { watchPings } from "../src/ping-watch.ts";
import type { LoopDelay } from "../src/server.ts";
import { atLeast, atMost, exactly, type Report, type Torture, told } from "../src/torture.ts";
import type { Waits } from "../src/waits.ts";

const QUEUE = "billing";

export const torture: Torture = {
  title: "100,000 failed jobs retried on Redis, beside bull-board",
  run: (say) => retryBoth(100_000, say),
};

/** The same jobs retried by Spillway and by bull-board, one after the other, each on a Redis of its own. */
export async function retryBoth(jobs: number, say: (line: string) => void): Promise<Report> {
  const ours = await retryWith(spillway, jobs, say);
  const theirs = await retryWith(bullBoard, jobs, say);
  return {
    figures: [
      exactly("jobs that wait in the end", ours.waiting, jobs),
      exactly("jobs that wait twice", ours.twice, 0),
      exactly("jobs left failed", ours.left, 0),
      atLeast("speed", ours.perSecond, 25_000, "jobs/s"),
      atLeast("against bull-board", ours.perSecond / theirs.perSecond, 1, "×"),
      atLeast("against bull-board, with the count before it", ours.withCount / theirs.perSecond, 1, "×"),
      told(
        "the count before it: jobs counted, frozen and grouped by error",
        `${(ours.countMs / 1000).toFixed(1)} s`,
      ),
      told(
        "meanwhile: PING worst, delay of the event loop p99",
        `${ms(ours.counting.pings.worst)}, ${ms(ours.counting.loop.p99)}`,
      ),
      atMost("PING of another client meanwhile, worst", ours.pings.worst, 50, "ms"),
      atMost("delay of the event loop, p99", ours.loop.p99, 50, "ms"),
      told("a look at the queue meanwhile, p50, p99 and worst", spread(ours.looks)),
      told("bull-board: speed", `${Math.round(theirs.perSecond)} jobs/s in one request`),
      told("bull-board: PING p99 and worst", `${ms(theirs.pings.p99)}, ${ms(theirs.pings.worst)}`),
      told(
        "bull-board: delay of the event loop, p99 and worst",
        `${ms(theirs.loop.p99)}, ${ms(theirs.loop.worst)}`,
      ),
      told("bull-board: a look at the queue meanwhile, p50, p99 and worst", spread(theirs.looks)),
      told("Spillway: PING p99, and the loop's worst delay", `${ms(ours.pings.p99)}, ${ms(ours.loop.worst)}`),
    ],
    notes: [
      "Spillway's time is from the request to the end of the operation, with an outcome kept for each job and the audit written; before it, its dialog counts the jobs, freezes them and groups them by error, which bull-board does not do.",
      "bull-board has one connection for all queues, which is its best case; its time is that of its one request.",
      "Meanwhile somebody looks at the queue 20 times a second, and another client pings Redis 100 times a second.",
    ],
  };
}

interface Retried {
  perSecond: number;
  /** With what its dialog does before. */
  withCount: number;
  countMs: number;
  counting: { pings: Waits; loop: LoopDelay };
  waiting: number;
  twice: number;
  left: number;
  pings: Waits;
  looks: Waits;
  loop: LoopDelay;
}

async function retryWith(
  enter: (redisUrl: string, queue: string) => Promise<Contestant>,
  jobs: number,
  say: (line: string) => void,
): Promise<Retried> {
  await using redisServer = await startRedis();
  const redis = new Redis(redisServer.url, { maxRetriesPerRequest: null });
  await seedFailed(redis, QUEUE, jobs, Date.now() - 60_000);
  const contestant = await enter(redisServer.url, QUEUE);
  await using server = contestant.server;
  for (let i = 0; i < 20; i++) await contestant.look(QUEUE);
  await using watch = await watchPings(redisServer.url);
  await server.loopDelay();
  const asked = performance.now();
  await contestant.prepare(QUEUE);
  const countMs = performance.now() - asked;
  const counting = { pings: await watch.waits(), loop: await server.loopDelay() };
  const looking = keepLooking(() => contestant.look(QUEUE));
  const from = performance.now();
  await contestant.retryAll(QUEUE);
  const seconds = (performance.now() - from) / 1_000;
  const measured = {
    looks: await looking.stop(),
    pings: await watch.waits(),
    loop: await server.loopDelay(),
  };
  const waiting = await redis.lrange(`bull:${QUEUE}:wait`, 0, -1);
  const left = await redis.zcard(`bull:${QUEUE}:failed`);
  redis.disconnect();
  say(`${contestant.name}: ${waiting.length} jobs in ${seconds.toFixed(1)} s`);
  const distinct = new Set(waiting).size;
  const twice = waiting.length - distinct;
  const withCount = distinct / (seconds + countMs / 1_000);
  return {
    ...measured,
    perSecond: distinct / seconds,
    withCount,
    countMs,
    counting,
    waiting: distinct,
    twice,
    left,
  };
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const spread = ({ p50, p99, worst }: Waits): string => [p50, p99, worst].map(ms).join(", ");
