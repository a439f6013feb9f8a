import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** A relay before a Redis that counts how often somebody asked and then waited for an answer. */
export interface TurnCounter extends AsyncDisposable {
  readonly port: number;
  /** Of connections over which this text was ever sent: how often data went out after something had come back. */
  turnsOf(text: string): number[];
  reset(): void;
}

export async function startTurnCounter(port: number): Promise<TurnCounter> {
  const connections = new Set<{ sent: string; turns: number; asking: boolean; end: () => void }>();
  const server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    const connection = { sent: "", turns: 0, asking: false, end };
    connections.add(connection);
    client.on("data", (chunk) => {
      if (!connection.asking) connection.turns += 1;
      connection.asking = true;
      connection.sent += chunk.toString("latin1");
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      connection.asking = false;
      client.write(chunk);
    });
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    turnsOf: (text) => [...connections].filter(({ sent }) => sent.includes(text)).map(({ turns }) => turns),
    reset() {
      for (const connection of connections) connection.turns = 0;
    },
    async [Symbol.asyncDispose]() {
      for (const { end } of connections) end();
      server.close();
    },
  };
}
