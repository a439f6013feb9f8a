import { createFetchHandler } from "@getworkbench/core";
import { serve } from "@hono/node-server";
import { Queue } from "bullmq";
import { Redis } from "ioredis";

/** Workbench at its best: one connection for all queues, which are named to it, so that it need not look for them. */
const [url = "", ...names] = process.argv.slice(2);
const connection = new Redis(url, { maxRetriesPerRequest: null });
connection.setMaxListeners(0);
const { fetch } = createFetchHandler({ queues: names.map((name) => new Queue(name, { connection })) });
const server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  process.stdout.write(`Workbench is at http://127.0.0.1:${port}/\n`),
);
process.on("SIGTERM", () => {
  server.close();
  process.exit(0);
});
