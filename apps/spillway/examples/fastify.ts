import type { AddressInfo } from "node:net";
import fastify, { type FastifyRequest } from "fastify";
import { createSpillway } from "spillway";
import { loginCookie, personOf, port, settings, told } from "./people.ts";

const ops = await createSpillway<FastifyRequest>({
  ...settings,
  authorize: (request) => personOf(request.headers.cookie),
});

// A browser keeps connections that it asks nothing on.
const app = fastify({ forceCloseConnections: true });
await app.register(ops.fastify);
app.get("/log-in", (_request, reply) => reply.header("Set-Cookie", loginCookie).send("Hello"));
app.get("/", (_request, reply) => reply.send("The shop"));

await app.listen({ port, host: "127.0.0.1" });
told((app.server.address() as AddressInfo).port);

// The plugin closes the console with it.
process.once("SIGTERM", () => void app.close());
