import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Operation, Selection } from "@spillway/contract/schemas";
import { type Console, knows, startConsole } from "./console.ts";
import { type Server, startServer } from "./server.ts";

const POLL_MS = 50;

/** Whoever is compared: how it is asked to retry all failed jobs of a queue, and to show the queue. */
export interface Contestant {
  name: string;
  server: Server;
  /** What its dialog does before anything happens. */
  prepare(queue: string): Promise<void>;
  /** Retries all failed jobs of the queue; ends when all is done. */
  retryAll(queue: string): Promise<void>;
  /** What its page of the queue asks for. */
  look(queue: string): Promise<void>;
}

export async function spillway(redisUrl: string, queue: string): Promise<Contestant> {
  const console = await startConsole(redisUrl);
  await knows(console, queue);
  let token = "";
  return {
    name: "Spillway",
    server: console,
    async prepare() {
      token = await freeze(console, queue);
    },
    async retryAll() {
      await ended(console, await retryFrozen(console, queue, token));
    },
    async look() {
      await console.get(`api/queues/${queue}`);
    },
  };
}

export async function bullBoard(redisUrl: string, queue: string): Promise<Contestant> {
  const script = join(import.meta.dirname, "bull-board-process.ts");
  const server = await startServer(script, [redisUrl, queue]);
  const ask = async (path: string, method = "GET") => {
    const reply = await fetch(new URL(path, server.url), { method });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    await reply.arrayBuffer();
  };
  return {
    name: "bull-board",
    server,
    prepare: () => Promise.resolve(),
    retryAll: () => ask(`api/queues/${queue}/retry/failed`, "PUT"),
    look: () => ask(`api/queues?activeQueue=${queue}&status=waiting&page=1&jobsPerPage=10`),
  };
}

/** Freezes all failed jobs of a queue as its dialog does, and begins to retry them; returns the operation's id. */
export async function begin(console: Console, queue: string): Promise<string> {
  return retryFrozen(console, queue, await freeze(console, queue));
}

async function freeze(console: Console, queue: string): Promise<string> {
  let frozen = await console.post<Selection>(`api/queues/${queue}/jobs/preview`, {
    action: "job.retry",
    selection: { filter: { state: "failed" } },
  });
  while (!frozen.complete) frozen = await console.get(`api/selections/${frozen.selection_token}`);
  return frozen.selection_token;
}

async function retryFrozen(console: Console, queue: string, token: string): Promise<string> {
  const { operation } = await console.post<{ operation: Operation }>(`api/queues/${queue}/jobs/bulk`, {
    action: "job.retry",
    selection: { token },
    reason: "The provider is back.",
  });
  return operation.id;
}

/** Waits until an operation has ended. */
export async function ended(console: Console, id: string): Promise<Operation> {
  for (;;) {
    const operation = await console.get<Operation>(`api/operations/${id}`);
    if (operation.finished_at !== null) return operation;
    await sleep(POLL_MS);
  }
}
