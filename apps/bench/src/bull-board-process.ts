import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { HonoAdapter } from "@bull-board/hono";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Queue } from "bullmq";
import { Hono } from "hono";
import { Redis } from "ioredis";

/** bull-board at its best: on a server that costs little, and with one connection for all queues. */
const [url = "", ...names] = process.argv.slice(2);
const connection = new Redis(url, { maxRetriesPerRequest: null });
const board = new HonoAdapter(serveStatic);
const queues = names.map((name) => new BullMQAdapter(new Queue(name, { connection })));
createBullBoard({ queues, serverAdapter: board });
const app = new Hono().route("/", board.registerPlugin());
const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  process.stdout.write(`bull-board is at http://127.0.0.1:${port}/\n`),
);
process.on("SIGTERM", () => {
  server.close();
  process.exit(0);
});
