import { setTimeout as sleep } from "node:timers/promises";
import { fuzzedRequests, sendRaw, startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { type Board, spillway } from "../src/boards.ts";
import { type Console, startProcess, watchRise } from "../src/console.ts";
import { seedFailed } from "../src/failed-jobs.ts";
import { startFlood } from "../src/flood.ts";
import { searchAll } from "../src/search.ts";
import { seeded } from "../src/seeded.ts";
import { atMost, exactly, type Figure, type Report, type Torture, told } from "../src/torture.ts";
import { startViewers } from "../src/viewers.ts";

const MB = 2 ** 20;
const QUEUE = "billing";
const AT_ONCE = 50;
const USUAL_LIMITS = { SPILLWAY_LIMITS: "reads=60" };

export const torture: Torture = {
  title: "Costly searches, bodies without end, fuzzed requests and a flood",
  run: (say) => attack({ jobs: 100_000, patterns: 40, bodies: 20, requests: 10_000, floodMs: 15_000 }, say),
};

interface Attack {
  /** Searched through, with so many patterns each. */
  jobs: number;
  patterns: number;
  /** Endless ones at once. */
  bodies: number;
  /** Fuzzed ones. */
  requests: number;
  /** For so long somebody asks as fast as they can. */
  floodMs: number;
}

/** What a stranger can do to a console without being let in, and a person with a search; others must not feel it. */
export async function attack(size: Attack, say: (line: string) => void): Promise<Report> {
  const searches = await searchCostly(size);
  say("searched");
  const bodies = await sendBodies(size.bodies);
  say("bodies sent");
  const fuzz = await sendFuzz(size.requests);
  say("fuzzed");
  const flood = await beFlooded(size.floodMs);
  return {
    figures: [...searches, ...bodies, ...fuzz, ...flood],
    notes: [
      `Searches: ${size.patterns} patterns, half of them known to be costly for matchers that go back, half at random, each through all jobs on Redis.`,
      "Bodies: half announce a length of 1 GB, half are chunked, all at once; memory is the most the process took meanwhile, less what it had taken after 200 small bodies.",
      "The flood comes from 127.0.0.2 over 50 connections, in a process of its own, and shares the machine's two cores with the console and with those who wait.",
    ],
  };
}

const COSTLY = ["(a+)+$", "(a|aa)+b", "^(([a-z])+.)+[A-Z]([a-z])+$", ".*.*.*.*x", "[", "\\", "%_%"];
const SIGNS = Array.from('xxxaab(+*$.[]\\|^?%_ "{}é');

function patternsOf(count: number): string[] {
  const random = seeded(17);
  const some = (): string => {
    const length = 1 + Math.floor(random() * 256);
    return Array.from({ length }, () => SIGNS[Math.floor(random() * SIGNS.length)]).join("");
  };
  return Array.from({ length: count }, (_, i) =>
    i % 2 === 0 ? (COSTLY[(i / 2) % COSTLY.length] ?? "x".repeat(256)) : some(),
  );
}

async function searchCostly({ jobs, patterns }: Attack): Promise<Figure[]> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  await seedFailed(redis, QUEUE, jobs, Date.now() - 60_000);
  redis.disconnect();
  const board: Board = await spillway(server.url, [QUEUE]);
  await using console = board.server;
  await searchAll(board, QUEUE, { q: "warm" });
  await console.loopDelay();
  let scanned = 0;
  let slowest = 0;
  for (const q of patternsOf(patterns)) {
    const search = await searchAll(board, QUEUE, { q });
    scanned += search.scanned;
    slowest = Math.max(slowest, search.totalMs);
  }
  const { p99, worst } = await console.loopDelay();
  return [
    exactly("jobs looked at by costly searches", scanned, jobs * patterns),
    atMost("delay of the event loop meanwhile, p99", p99, 100, "ms"),
    told("its worst; the slowest search", `${worst.toFixed(0)} ms; ${(slowest / 1_000).toFixed(1)} s`),
  ];
}

const HEAD =
  "POST /api/queues/billing/pause HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Spillway-Request: 1\r\n";

export async function sendBodies(bodies: number): Promise<Figure[]> {
  await using console = await startProcess([]);
  const all = () =>
    Promise.all(
      Array.from({ length: bodies }, (_, i) =>
        sendRaw(
          console.url,
          `${HEAD}${i % 2 === 0 ? "Content-Length: 1000000000" : "Transfer-Encoding: chunked"}\r\n\r\n`,
          { pumpMs: 5_000 },
        ),
      ),
    );
  // What a process takes for the first requests of any kind is not the bodies'.
  for (let i = 0; i < 10; i++)
    await Promise.all(Array.from({ length: bodies }, () => sendSmall(console.url)));
  const first = watchRise(console.rss);
  const replies = await all();
  const firstRisen = first.stop() ?? Number.NaN;
  const again = watchRise(console.rss);
  replies.push(...(await all()));
  const risen = again.stop() ?? Number.NaN;
  const right = replies.filter(({ status, closed }) => status === 413 && closed).length;
  return [
    exactly("endless bodies answered with 413 and cut off", right, 2 * bodies),
    atMost("memory for all of them at once, the first time", firstRisen / MB, 10, "MB"),
    atMost("memory for as many again", risen / MB, 10, "MB"),
    told(
      "taken off each at most",
      `${(Math.max(...replies.map(({ sent }) => sent)) / MB).toFixed(1)} MB, what sockets hold included`,
    ),
  ];
}

/** One that is refused for what it says, not for its size. */
const sendSmall = (url: string) =>
  sendRaw(url, `${HEAD}Connection: close\r\nContent-Length: 10\r\n\r\n{"reason":`);

async function sendFuzz(requests: number): Promise<Figure[]> {
  await using console = await startProcess([]);
  const before = await startedAt(console);
  const statuses = new Map<number, number>();
  const fuzzed = fuzzedRequests(requests, 19);
  const lane = async () => {
    for (const bytes of fuzzed) {
      const { status } = await sendRaw(console.url, bytes, { patienceMs: 150 });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  const seen = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status || "none"} ${count}`);
  return [
    exactly("fuzzed requests sent", sent, requests),
    exactly("of them answered with 500", statuses.get(500) ?? 0, 0),
    exactly("times the process ended", (await startedAt(console)) === before ? 0 : 1, 0),
    told("answers", seen.join(", ")),
  ];
}

/** When the process began: another one would say another time. */
async function startedAt(console: Console): Promise<string> {
  const { server } = await console.get<{ server: { started_at: string } }>("api/session");
  return server.started_at;
}

const FLOODED = "api/queues/billing/jobs?q=x";

async function beFlooded(floodMs: number): Promise<Figure[]> {
  await using console = await startProcess([], USUAL_LIMITS);
  const looking = { viewers: 5, path: "api/queues", everyMs: 500 };
  // The first of a kind takes a process longer, whoever asks.
  for (let i = 0; i < 20; i++) await console.get(FLOODED);
  await using viewers = await startViewers(console.url, looking);
  await sleep(floodMs / 3);
  await viewers.waits();
  await sleep(floodMs);
  const alone = await viewers.waits();
  await using flood = await startFlood(console.url, {
    address: "127.0.0.2",
    connections: AT_ONCE,
    path: FLOODED,
  });
  await sleep(floodMs);
  const beside = await viewers.waits();
  const statuses = await flood.statuses();
  const refused = statuses[429] ?? 0;
  const asked = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  return [
    exactly("answers to a flood that were neither 200 nor 429", asked - refused - (statuses[200] ?? 0), 0),
    told("answers to it, and 429 among them", `${asked}, ${refused}`),
    atMost("others wait for theirs, p99, against without it", beside.p99 / alone.p99, 2, "×"),
    told(
      "p50 and p99 of others without it; with it",
      `${alone.p50.toFixed(1)}, ${alone.p99.toFixed(1)} ms; ${beside.p50.toFixed(1)}, ${beside.p99.toFixed(1)} ms`,
    ),
  ];
}
