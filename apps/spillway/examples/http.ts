import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createSpillway } from "spillway";
import { loginCookie, personOf, port, settings, told } from "./people.ts";

const ops = await createSpillway<IncomingMessage>({
  ...settings,
  authorize: (incoming) => personOf(incoming.headers.cookie),
});

const server = createServer((incoming, outgoing) => {
  ops.handler(incoming, outgoing, () => {
    if (incoming.url === "/log-in") outgoing.setHeader("Set-Cookie", loginCookie);
    outgoing.end("The shop");
  });
});
server.listen(port, "127.0.0.1", () => told((server.address() as AddressInfo).port));

async function stop(): Promise<void> {
  await ops.close();
  server.close();
  server.closeIdleConnections();
}
process.once("SIGTERM", () => void stop());
