import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@spillway/testkit/node";
import { medianSlope } from "@spillway/triage";
import { Redis } from "ioredis";
import { bareRss } from "../src/bare-node.ts";
import { spillway } from "../src/boards.ts";
import { knows, startConsole } from "../src/console.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { atMost, type Report, type Torture, told } from "../src/torture.ts";
import { startTraffic } from "../src/traffic.ts";
import { startViewers } from "../src/viewers.ts";

const MB = 2 ** 20;
const MINUTE_MS = 60_000;
const IDLE_QUEUES = 10;
const JOBS_PER_SECOND = 50;
/** As the pages of others ask again; ours need not. */
const ASK_EVERY_MS = 5_000;

export interface Span {
  idleMs: number;
  loadedMs: number;
  /** Of the loaded time: until caches are warm. */
  warmUpMs: number;
  sampleMs: number;
  queues: number;
  viewers: number;
}

export const torture: Torture = {
  title: "Memory of an hour with 1,000 queues and 100 viewers",
  run: (say) =>
    watchMemory(
      {
        idleMs: MINUTE_MS,
        loadedMs: 60 * MINUTE_MS,
        warmUpMs: 15 * MINUTE_MS,
        sampleMs: 5_000,
        queues: 1_000,
        viewers: 100,
      },
      say,
    ),
};

/** What is resident when nobody looks, and how it goes while many do. */
export async function watchMemory(span: Span, say: (line: string) => void): Promise<Report> {
  const bare = (await bareRss()) / MB;
  const idle = await idleMemory(span);
  say(`idle ${idle.toFixed(0)} MB, Node alone ${bare.toFixed(0)} MB`);
  const samples = await loadedMemory(span, say);
  const warm = samples.filter(({ at }) => at >= span.warmUpMs);
  const last = warm.slice(-Math.max(1, Math.round(warm.length / 9)));
  const perHour = medianSlope(warm.map(({ at, mb }) => ({ x: at / (60 * MINUTE_MS), y: mb })));
  const mean = last.reduce((sum, { mb }) => sum + mb, 0) / last.length;
  return {
    figures: [
      told("Node alone", `${bare.toFixed(0)} MB`),
      atMost(`memory with ${IDLE_QUEUES} queues and nobody who looks`, idle, 115, "MB"),
      atMost(`memory with ${span.queues} queues and ${span.viewers} viewers, in the end`, mean, 200, "MB"),
      told("its most", `${Math.max(...samples.map(({ mb }) => mb)).toFixed(0)} MB`),
      atMost("slope, once warm", perHour ?? Number.NaN, 1, "MB/h"),
    ],
    notes: [
      `${JOBS_PER_SECOND} jobs a second come in; each viewer holds a stream open and asks for all queues every ${ASK_EVERY_MS / 1_000} s.`,
      `Memory is what is resident. Of it the pages of Node's own file are shared by all that run it: how many of them count depends on how the file came into the system's cache, see "Node alone". In the end: the mean of the last ninth after the first ${span.warmUpMs / MINUTE_MS} minutes. The slope is the median of those between any two samples.`,
    ],
  };
}

async function idleMemory({ idleMs }: Span): Promise<number> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(IDLE_QUEUES);
  await seedQueues(redis, names);
  await using console = await startConsole(server.url);
  for (const name of names) await knows(console, name);
  await console.get("api/queues");
  await sleep(idleMs);
  redis.disconnect();
  return (console.rss() ?? Number.NaN) / MB;
}

interface Sample {
  at: number;
  mb: number;
}

async function loadedMemory(
  { loadedMs, sampleMs, queues, viewers }: Span,
  say: (line: string) => void,
): Promise<Sample[]> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(queues);
  await seedQueues(redis, names);
  const { server: console, paths } = await spillway(server.url, names);
  await using _ = console;
  const looking = {
    viewers,
    path: paths.list,
    everyMs: ASK_EVERY_MS,
    ...(paths.stream && { stream: paths.stream }),
  };
  await using _viewers = await startViewers(console.url, looking);
  const traffic = startTraffic(redis, names, JOBS_PER_SECOND);
  const samples: Sample[] = [];
  const from = performance.now();
  for (let at = 0; at < loadedMs; at = performance.now() - from) {
    await sleep(sampleMs);
    samples.push({ at, mb: (console.rss() ?? Number.NaN) / MB });
    if (samples.length % 60 === 0)
      say(`${Math.round(at / MINUTE_MS)} min: ${samples.at(-1)?.mb.toFixed(0)} MB`);
  }
  await traffic.stop();
  redis.disconnect();
  return samples;
}
