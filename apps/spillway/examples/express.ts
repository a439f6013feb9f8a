import type { AddressInfo } from "node:net";
import express, { type Request } from "express";
import { createSpillway } from "spillway";
import { loginCookie, personOf, port, settings, told } from "./people.ts";

const ops = await createSpillway<Request>({
  ...settings,
  authorize: (request) => personOf(request.headers.cookie),
});

const app = express();
// Before or after: a body that was parsed is handed on as it was understood.
app.use(express.json());
app.use(ops.handler);
app.get("/log-in", (_request, response) => void response.setHeader("Set-Cookie", loginCookie).send("Hello"));
app.get("/", (_request, response) => void response.send("The shop"));

const server = app.listen(port, "127.0.0.1", () => told((server.address() as AddressInfo).port));

async function stop(): Promise<void> {
  await ops.close();
  server.close();
  server.closeIdleConnections();
}
process.once("SIGTERM", () => void stop());
