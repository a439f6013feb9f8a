import { join } from "node:path";
import { knows, startConsole } from "./console.ts";
import { ended, freeze, retryFrozen } from "./retry-all.ts";
import { type Server, startServer } from "./server.ts";

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
