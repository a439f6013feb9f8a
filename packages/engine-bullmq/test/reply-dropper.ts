import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A TCP proxy before a Redis that can lose replies: the command takes effect, its sender never hears of it. */
export interface ReplyDropper extends AsyncDisposable {
  readonly port: number;
  /** From now on: the next reply to a command that contains this text is swallowed and its connection cut. */
  dropReplyTo(text: string): void;
  /** How many replies were lost so far. */
  dropped(): number;
}

export async function startReplyDropper(redisPort: number): Promise<ReplyDropper> {
  let target: string | null = null;
  let dropped = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(redisPort, "127.0.0.1");
    let armed = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (chunk) => {
      if (target !== null && chunk.includes(target)) {
        armed = true;
        target = null;
      }
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (!armed) return void client.write(chunk);
      dropped += 1;
      client.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    port: address.port,
    dropReplyTo(text) {
      target = text;
    },
    dropped: () => dropped,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
