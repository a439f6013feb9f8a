import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { QueueList } from "@spillway/contract/schemas";
import type { Peer } from "./bench.ts";
import { type Console, startConsole } from "./console.ts";
import { reply } from "./reply.ts";
import { type Server, startServer } from "./server.ts";

/** Whoever is compared, looking at a Redis, and where it answers what. */
export interface Board {
  name: "Spillway" | Peer;
  server: Server;
  paths: Paths;
}

interface Paths {
  /** The page on which people see all queues. */
  page: string;
  /** What its page of all queues asks for. */
  list: string;
  /** What its page keeps open meanwhile, if it does. */
  stream?: string;
  /** A page of failed jobs, from 1, newest first. */
  failed(queue: string, page: number, size: number): string;
}

type Enter = (redisUrl: string, queues: readonly string[]) => Promise<Board>;

/** All three; each is started alone, so that none takes the processor from another. */
export const BOARDS: readonly Enter[] = [spillway, bullBoard, workbench];

/** Ends the board when `use` is done. */
export async function withBoard<T>(
  enter: Enter,
  redisUrl: string,
  queues: readonly string[],
  use: (board: Board) => Promise<T>,
): Promise<T> {
  const board = await enter(redisUrl, queues);
  await using _ = board.server;
  return await use(board);
}

/** Asks for a path, on a connection that is kept; returns the body. @throws Error on any reply but a 2xx. */
export async function ask({ server }: Board, path: string): Promise<string> {
  return (await reply(new URL(path, server.url))).toString();
}

/** Asks for a path and looks at nothing: what is timed should be the server. */
export async function take({ server }: Board, path: string): Promise<void> {
  await reply(new URL(path, server.url));
}

/** Finds its queues by itself; ready when it has found them all. */
export async function spillway(
  redisUrl: string,
  queues: readonly string[],
): Promise<Board & { server: Console }> {
  const server = await startConsole(redisUrl);
  const found = () =>
    server.get<QueueList>("api/queues").then(
      ({ items }) => items.length,
      () => 0,
    );
  while ((await found()) < queues.length) await sleep(250);
  return {
    name: "Spillway",
    server,
    paths: {
      page: "queues",
      list: "api/queues",
      stream: "api/events",
      failed: (queue, page, size) => `api/queues/${queue}/jobs?state=failed&page=${page}&size=${size}`,
    },
  };
}

export async function bullBoard(redisUrl: string, queues: readonly string[]): Promise<Board> {
  return {
    name: "bull-board",
    server: await startServer(join(import.meta.dirname, "bull-board-process.ts"), [redisUrl, ...queues]),
    paths: {
      page: "",
      list: "api/queues?page=1&jobsPerPage=10",
      failed: (queue, page, size) =>
        `api/queues?activeQueue=${queue}&status=failed&page=${page}&jobsPerPage=${size}`,
    },
  };
}

export async function workbench(redisUrl: string, queues: readonly string[]): Promise<Board> {
  return {
    name: "Workbench",
    server: await startServer(join(import.meta.dirname, "workbench-process.ts"), [redisUrl, ...queues]),
    paths: {
      page: "",
      list: "api/queues",
      failed: (queue, page, size) =>
        `api/queues/${queue}/jobs?status=failed&limit=${size}&cursor=${(page - 1) * size}`,
    },
  };
}
