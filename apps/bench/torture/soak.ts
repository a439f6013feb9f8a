import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { createActor } from "../src/act.ts";
import { spillway } from "../src/boards.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { openStreams } from "../src/stream-clients.ts";
import { atMost, exactly, type Report, type Torture, told } from "../src/torture.ts";
import { startTraffic } from "../src/traffic.ts";

const QUEUES = 10;
const JOBS_PER_SECOND = 50;
const LANES = 8;
const SAMPLE_MS = 250;
const MB = 2 ** 20;

export const torture: Torture = {
  title: "Memory under 100,000 actions beside 100 streams",
  run: (say) => soak(100_000, 100, say),
};

/** Pauses and resumes queues as fast as it is answered, while streams are open and jobs come in; how memory goes. */
export async function soak(actions: number, streams: number, say: (line: string) => void): Promise<Report> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(QUEUES);
  await seedQueues(redis, names);
  const { server: console } = await spillway(server.url, names);
  await using _ = console;
  await using clients = await openStreams(new URL("api/events", console.url), streams);
  const traffic = startTraffic(redis, names, JOBS_PER_SECOND);
  const rss: number[] = [];
  const sampling = setInterval(() => rss.push((console.rss() ?? Number.NaN) / MB), SAMPLE_MS);
  const from = performance.now();
  const done = await actOn(console.url, names, actions, say);
  const seconds = (performance.now() - from) / 1_000;
  clearInterval(sampling);
  await traffic.stop();
  const resyncs = (await clients.heard()).filter(({ event }) => event === "resync").length;
  redis.disconnect();
  const [, , third = Number.NaN, last = Number.NaN] = quarters(rss);
  return {
    figures: [
      exactly("actions answered with success", done, actions),
      exactly("streams that were told to read again", resyncs, 0),
      atMost("memory in the last quarter above the one before, mean", last - third, 5, "MB"),
      told("memory in the last quarter", `${last.toFixed(0)} MB`),
      told("speed", `${Math.round(actions / seconds)} actions/s`),
    ],
    notes: [
      `${QUEUES} queues are paused and resumed ${LANES} at a time; ${JOBS_PER_SECOND} jobs a second come in; each stream carries every action and every tick.`,
      "The audit's ring is full after 10,000 records: what grows after that grows for ever. Memory is what is resident, looked at four times a second.",
    ],
  };
}

async function actOn(
  url: string,
  names: readonly string[],
  actions: number,
  say: (line: string) => void,
): Promise<number> {
  using actor = createActor(url, LANES);
  let next = 0;
  let done = 0;
  const lane = async () => {
    while (next < actions) {
      const n = next++;
      if (n % 10_000 === 9_999) say(`${n + 1} actions`);
      const verb = Math.floor(n / names.length) % 2 === 0 ? "pause" : "resume";
      const answer = await actor.act(`queues/${names[n % names.length]}/${verb}`, { reason: "soak" });
      if (answer?.status === 200) done++;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
}

function quarters(values: readonly number[]): number[] {
  const size = values.length / 4;
  return [0, 1, 2, 3].map((n) => {
    const part = values.slice(Math.floor(n * size), Math.floor((n + 1) * size));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
