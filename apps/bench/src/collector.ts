import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** A log collector that takes what an audit webhook sends. */
export interface Collector extends AsyncDisposable {
  url: string;
  entries(): number;
}

/** `delayMs`: how long it takes over each answer. */
export async function startCollector(delayMs: number): Promise<Collector> {
  let entries = 0;
  const server = createServer((request, reply) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => {
      entries += text.split("\n").length - 1;
      void sleep(delayMs).then(() => reply.writeHead(204).end());
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    entries: () => entries,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
