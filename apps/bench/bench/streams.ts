import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import type { Bench, Comparison, Say } from "../src/bench.ts";
import { spillway } from "../src/boards.ts";
import type { Console } from "../src/console.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { type Heard, openStreams } from "../src/stream-clients.ts";
import { startTraffic } from "../src/traffic.ts";
import { summaryOf } from "../src/waits.ts";

const QUEUES = 10;
const JOBS_PER_SECOND = 50;
const MB = 2 ** 20;

export const bench: Bench = {
  title: "A thousand streams",
  run: (say) => listenTo(1_000, say, { marks: 30, everyMs: 1_000 }),
};

interface Marks {
  /** How many markers are set, each an event for everybody … */
  marks: number;
  /** … and the time between them. */
  everyMs: number;
}

/** So many keep a stream open while jobs come in and markers are set; how long after it was set each of them has it. */
export async function listenTo(streams: number, say: Say, { marks, everyMs }: Marks): Promise<Comparison> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(QUEUES);
  await seedQueues(redis, names);
  const board = await spillway(server.url, names);
  await using console = board.server;
  const traffic = startTraffic(redis, names, JOBS_PER_SECOND);
  await sleep(2 * everyMs);
  const before = console.rss() ?? Number.NaN;
  await using clients = await openStreams(new URL("api/events", console.url), streams);
  say(`${streams} streams are open`);
  await clients.heard();
  const setAt: number[] = [];
  let most = 0;
  for (let n = 0; n < marks; n++) {
    setAt.push(await mark(console, n));
    await sleep(everyMs);
    most = Math.max(most, console.rss() ?? Number.NaN);
  }
  const heard = await clients.heard();
  await traffic.stop();
  redis.disconnect();
  const markers = heard.filter(({ event }) => event === "marker");
  const lags = markers.flatMap(({ times }, n) => times.map((at) => at - (setAt[n] ?? Number.NaN)));
  const { p50, p99 } = summaryOf(lags);
  const peers = {};
  return {
    lines: [
      {
        what: `an event reaches each of ${streams}, p50`,
        unit: "ms",
        better: "less",
        ours: p50,
        peers,
        asked: null,
      },
      {
        what: `an event reaches each of ${streams}, p99`,
        unit: "ms",
        better: "less",
        ours: p99,
        peers,
        asked: 500,
      },
      {
        what: "events that did not reach somebody",
        unit: "",
        better: "less",
        ours: missed(heard, streams, marks),
        peers,
        asked: 0,
      },
      {
        what: `memory for ${streams} streams`,
        unit: "MB",
        better: "less",
        ours: (most - before) / MB,
        peers,
        asked: 150,
      },
    ],
    notes: [
      `${QUEUES} queues, ${JOBS_PER_SECOND} jobs a second, the default topics: every stream carries what changed in each tick as well. The time is from the request that sets a marker to its event at each client.`,
      "bull-board and Workbench push nothing.",
      `${heard.length} events came to each.`,
    ],
  };
}

/** Sets one; when it was asked for, ms since the epoch. */
async function mark(console: Console, n: number): Promise<number> {
  const at = performance.timeOrigin + performance.now();
  await console.post("api/markers", { title: `mark ${n}`, kind: "note" });
  return at;
}

/** Every event but the last tick's, which may be under way, must have reached everyone; and every marker must be there. */
function missed(heard: readonly Heard[], streams: number, marks: number): number {
  const settled = heard.filter(
    ({ event, times }, n) => event === "marker" || n < heard.length - 5 || times.length > streams,
  );
  const lacking = settled.reduce((sum, { times }) => sum + Math.abs(streams - times.length), 0);
  const markers = heard.filter(({ event }) => event === "marker").length;
  return lacking + Math.abs(marks - markers) * streams;
}
