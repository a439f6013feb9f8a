import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "@spillway/testkit/node";
import { Redis } from "ioredis";
import { createActor } from "../src/act.ts";
import { type Console, knows, startConsole, watchRise } from "../src/console.ts";
import { queueNames, seedQueues } from "../src/many-queues.ts";
import { atMost, exactly, type Report, type Torture } from "../src/torture.ts";

const MB = 2 ** 20;
const LANES = 4;
/** Large, so that few events fill what the system keeps for a socket. */
const REASON = "x".repeat(490);
/** What is remembered of actions should not be what grows. */
const ARGS = ["--audit-size", "100"];
/** After this a client that takes nothing is gone, ms. */
const GONE_MS = 60_000;

export const torture: Torture = {
  title: "Streams whose readers stand still",
  run: (say) => standStill({ clients: 50, events: 12_000, goneMs: GONE_MS }, say),
};

interface Still {
  clients: number;
  events: number;
  /** 0: they read on before they are given up. */
  goneMs: number;
}

/** Clients open a stream, read nothing while much happens, and then read on: what it costs, and what they are told. */
export async function standStill(
  { clients, events, goneMs }: Still,
  say: (line: string) => void,
): Promise<Report> {
  await using server = await startRedis();
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const names = queueNames(LANES);
  await seedQueues(redis, names);
  redis.disconnect();
  await using console = await startConsole(server.url, ARGS);
  for (const name of names) await knows(console, name);
  // What so much happening costs anyway, before anybody stands still: the second time, when memory has settled.
  if (goneMs > 0) await happen(console, events);
  const alone = await mostWhile(console, events);
  const sockets = await Promise.all(Array.from({ length: clients }, () => openStill(console.url)));
  const beside = await mostWhile(console, events);
  say(`${events} events passed ${clients} readers that stand still`);
  const told = goneMs === 0 ? await toldWhenTheyReadOn(console, sockets) : await ended(sockets, goneMs);
  for (const socket of sockets) socket.destroy();
  return {
    figures: [
      atMost("memory for all of them", Math.max(0, beside - alone), 5, "MB"),
      exactly(goneMs === 0 ? "told to read everything again" : "given up within 60 s", told, clients),
    ],
    notes: [
      `${clients} sockets are open and paused; ${events} events are published. Each may be behind by 256 events or a megabyte, of which nothing is kept for it. Memory is the most it took meanwhile, less the most it took while as much happened before.`,
    ],
  };
}

/** The most memory it took while so much happened, MB. */
async function mostWhile(console: Console, events: number): Promise<number> {
  const before = console.rss() ?? Number.NaN;
  const rise = watchRise(console.rss);
  await happen(console, events);
  return (before + (rise.stop() ?? Number.NaN)) / MB;
}

/** Each action is two events for everybody. */
async function happen(console: Console, events: number): Promise<void> {
  using actor = createActor(console.url, LANES);
  let left = events / 2;
  const lane = async (queue: string) => {
    for (let n = 0; left-- > 0; n++)
      await actor.act(`queues/${queue}/${n % 2 === 0 ? "pause" : "resume"}`, { reason: REASON });
  };
  await Promise.all(queueNames(LANES).map(lane));
}

/** A stream that was greeted and is then read no more. */
async function openStill(url: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  socket.write(`GET /api/events HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  for await (const chunk of socket.iterator({ destroyOnReturn: false }))
    if (String(chunk).includes("event: hello")) break;
  socket.pause();
  return socket;
}

/** How many hear a resync once they read on. */
async function toldWhenTheyReadOn(console: Console, sockets: readonly Socket[]): Promise<number> {
  const told = new Set<Socket>();
  for (const socket of sockets) {
    socket.on("data", (chunk) => {
      if (String(chunk).includes("event: resync")) told.add(socket);
    });
    socket.resume();
  }
  const until = Date.now() + 20_000;
  while (told.size < sockets.length && Date.now() < until) await sleep(50);
  await console.get("livez");
  return told.size;
}

/** How many were closed by the console although they read nothing. */
async function ended(sockets: readonly Socket[], goneMs: number): Promise<number> {
  await sleep(goneMs);
  const ends = sockets.map(async (socket) => {
    socket.resume();
    await once(socket, "close", { signal: AbortSignal.timeout(10_000) });
    return 1;
  });
  return (await Promise.allSettled(ends)).filter(({ status }) => status === "fulfilled").length;
}
