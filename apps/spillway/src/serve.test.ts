import { once } from "node:events";
import { connect } from "node:net";
import { expect, it } from "vitest";
import type { Composition } from "./compose.ts";
import { listen } from "./serve.ts";

const log = { info() {}, warn() {}, error() {} };
const LOCAL = { host: "127.0.0.1", port: 0, basePath: "/" };

/** Answers with what it was asked; `/stream` stays open until the composition is disposed of. */
function composition() {
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const said = { disposed: 0 };
  const made: Composition = {
    summary: "",
    fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname !== "/stream") return new Response(`${request.method} ${pathname}`);
      return new Response(new ReadableStream({ start: (controller) => void open.add(controller) }));
    },
    async [Symbol.asyncDispose]() {
      said.disposed += 1;
      for (const controller of open) {
        controller.enqueue(new TextEncoder().encode("bye"));
        controller.close();
      }
    },
  };
  return { made, said };
}

it("listens on a free port and names it with the base path", async () => {
  const { made } = composition();
  const listening = await listen(made, { ...LOCAL, basePath: "/ops/" }, log);
  expect(listening.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+\/ops\/$/);
  expect(await (await fetch(`${listening.url}x`)).text()).toBe("GET /ops/x");
  await listening.close();
});

it("says when the port is taken", async () => {
  const first = await listen(composition().made, LOCAL, log);
  const port = Number(new URL(first.url).port);
  await expect(listen(composition().made, { ...LOCAL, port }, log)).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await first.close();
});

it("closes while a stream is open and a connection idles, saying goodbye first", async () => {
  const { made, said } = composition();
  const listening = await listen(made, LOCAL, log);
  const stream = await fetch(`${listening.url}/stream`);
  await (await fetch(`${listening.url}/idle`)).text();
  const [text] = await Promise.all([stream.text(), listening.close()]);
  expect([text, said.disposed]).toEqual(["bye", 1]);
  await expect(fetch(listening.url)).rejects.toThrow();
});

it("answers a request without a Host header without falling over", async () => {
  const listening = await listen(composition().made, LOCAL, log);
  const socket = connect(Number(new URL(listening.url).port), "127.0.0.1");
  socket.write("GET / HTTP/1.0\r\n\r\n");
  const [reply] = await once(socket, "data");
  expect(String(reply)).toMatch(/^HTTP\/1\.1 \d{3} /);
  socket.destroy();
  await listening.close();
});
