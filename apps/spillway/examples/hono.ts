import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { createSpillway } from "spillway";
import { loginCookie, personOf, port, settings, told } from "./people.ts";

const ops = await createSpillway<Context>({
  ...settings,
  authorize: (c) => personOf(c.req.header("Cookie")),
});

const app = new Hono();
app.all(`${ops.basePath}*`, (c) => ops.fetch(c.req.raw, c, c.env));
app.get("/log-in", (c) => c.text("Hello", 200, { "Set-Cookie": loginCookie }));
app.get("/", (c) => c.text("The shop"));

const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, (info) => told(info.port));

async function stop(): Promise<void> {
  await ops.close();
  server.close();
}
process.once("SIGTERM", () => void stop());
