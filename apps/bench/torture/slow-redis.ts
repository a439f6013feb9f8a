import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { createActor } from "../src/act.ts";
import { spillway } from "../src/boards.ts";
import type { Console } from "../src/console.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { atMost, exactly, type Report, type Torture, told } from "../src/torture.ts";

const READERS = 20;
const LOOK_EVERY_MS = 50;

export const torture: Torture = {
  title: "A Redis that answers nobody for ten seconds",
  run: () => slowRedis({ pauseMs: 10_000, writes: 20 }),
};

interface Answer {
  status: number;
  ms: number;
}

/** Redis answers nobody for so long; meanwhile people look at pictures, at jobs, and pause so many queues. */
export async function slowRedis({ pauseMs, writes }: { pauseMs: number; writes: number }): Promise<Report> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(writes);
  await seedQueues(redis, names);
  const { server: console } = await spillway(server.url, names);
  await using _ = console;
  await redis.call("CLIENT", "PAUSE", pauseMs, "ALL");
  const until = performance.now() + pauseMs;
  const [pictures, jobs, acts] = await Promise.all([
    keepAsking(console, "api/queues", until),
    keepAsking(console, "api/queues/queue-0000/jobs?state=waiting", until),
    pauseAll(console, names),
  ]);
  const from = performance.now();
  while ((await timedGet(console, "api/queues/queue-0000/jobs?state=waiting")).status !== 200)
    await sleep(50);
  const healedMs = performance.now() - from;
  const paused = await Promise.all(names.map((name) => redis.hexists(`bull:${name}:meta`, "paused")));
  redis.disconnect();
  const isLie = ({ status }: Answer, n: number) => status === 200 && paused[n] === 0;
  const odd = jobs.filter(({ status }) => status !== 200 && status !== 503).length;
  const slowest = (answers: readonly Answer[]) => Math.max(...answers.map(({ ms }) => ms));
  return {
    figures: [
      exactly("pictures that were refused", pictures.filter(({ status }) => status !== 200).length, 0),
      exactly("looks at jobs answered neither with jobs nor with why not", odd, 0),
      exactly("actions told as done that were not", acts.filter(isLie).length, 0),
      exactly("actions that were answered", acts.filter(({ status }) => status > 0).length, writes),
      atMost("slowest picture", slowest(pictures), 500, "ms"),
      atMost("slowest look at jobs", slowest(jobs), 2_000, "ms"),
      atMost("slowest action", slowest(acts), 5_500, "ms"),
      atMost("until jobs are shown again", healedMs, 5_000, "ms"),
      told("looks at pictures, at jobs", `${pictures.length}, ${jobs.length}`),
    ],
    notes: [
      `${READERS} people look at each, one look after the other; CLIENT PAUSE … ALL is what makes Redis silent.`,
      "A picture is the last good one, and says so; an action whose answer is missing is unknown.",
    ],
  };
}

async function keepAsking(console: Console, path: string, until: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  const reader = async () => {
    while (performance.now() < until) {
      answers.push(await timedGet(console, path));
      await sleep(LOOK_EVERY_MS);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return answers;
}

async function timedGet(console: Console, path: string): Promise<Answer> {
  const from = performance.now();
  const reply = await fetch(new URL(path, console.url));
  await reply.arrayBuffer();
  return { status: reply.status, ms: performance.now() - from };
}

async function pauseAll(console: Console, names: readonly string[]): Promise<Answer[]> {
  using actor = createActor(console.url, names.length);
  return await Promise.all(
    names.map(async (name) => {
      const from = performance.now();
      const answer = await actor.act(`queues/${name}/pause`, { reason: "Redis is slow." });
      return { status: answer?.status ?? 0, ms: performance.now() - from };
    }),
  );
}
