import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { createSpillway } from "./create-spillway.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An application with logins of its own, by a cookie, and the console in it. */
async function shop() {
  const logins = new Map([
    ["one", "7"],
    ["two", "8"],
  ]);
  const ops = await createSpillway<IncomingMessage>({
    basePath: "/ops",
    log: silent,
    authorize({ headers }) {
      const login = /login=(\w+)/.exec(headers.cookie ?? "")?.[1] ?? "";
      const id = logins.get(login);
      return id === undefined ? null : { id, name: `Person ${id}`, roles: ["viewer"], session: login };
    },
  });
  const server = createServer((incoming, outgoing) => ops.handler(incoming, outgoing)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    logins,
    ask: (path: string, login: string) =>
      fetch(`${origin}/ops/api/${path}`, { headers: { Cookie: `login=${login}` } }),
    async [Symbol.asyncDispose]() {
      await ops.close();
      server.close().closeAllConnections();
    },
  };
}

it("an open stream ends with the login to the application, those of others go on", async () => {
  await using app = await shop();
  const mine = await app.ask("events?topic=markers", "one");
  const others = await app.ask("events?topic=markers", "two");
  app.logins.delete("one");
  expect(await mine.text()).toContain(
    'event: bye\ndata: {"reason":"The login to the application around this console has ended."}',
  );
  expect((await app.ask("overview", "one")).status).toBe(401);
  const reader = others.body?.getReader();
  const first = new TextDecoder().decode((await reader?.read())?.value);
  expect(first).toContain("event: hello");
  expect(first).not.toContain("event: bye");
  expect((await app.ask("overview", "two")).status).toBe(200);
  await reader?.cancel();
});
