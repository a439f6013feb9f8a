import { readFileSync } from "node:fs";
import { join } from "node:path";
import { endpoints } from "@spillway/contract/table";
import { fuzzedRequests, sendRaw } from "@spillway/testkit/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../e2e/fixtures/ask.ts";
import { type SpillwayProcess, startSpillway } from "../e2e/fixtures/process.ts";

const MAIN = join(import.meta.dirname, "main.ts");
const MEGABYTE = 1_048_576;
/** What a connection may hold on its way: the socket's buffers on both sides. */
const ON_THE_WAY = 12 * MEGABYTE;
const JSON_WRITE = "Content-Type: application/json\r\nX-Spillway-Request: 1\r\n";

let spillway: SpillwayProcess;
beforeAll(async () => {
  spillway = await startSpillway(["--limits", "off"], MAIN);
});
afterAll(() => spillway[Symbol.asyncDispose]());

const request = (line: string, headers = ""): string =>
  `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const isPaused = async (): Promise<boolean> =>
  (await ask<{ paused: boolean }>(spillway.url, "/queues/billing")).paused;

describe("attack 18: bodies of any size", () => {
  it.each([
    [
      "announced, to an action",
      "POST /api/queues/billing/pause",
      `${JSON_WRITE}Content-Length: 1000000000\r\n`,
      413,
    ],
    [
      "chunked, to an action",
      "POST /api/queues/billing/pause",
      `${JSON_WRITE}Transfer-Encoding: chunked\r\n`,
      413,
    ],
    ["chunked, to nothing", "POST /nowhere", `${JSON_WRITE}Transfer-Encoding: chunked\r\n`, 404],
    ["chunked, from another site", "POST /api/markers", "Transfer-Encoding: chunked\r\n", 415],
    ["chunked, with a read", "GET /api/session", "Transfer-Encoding: chunked\r\n", 200],
    ["announced, with a read", "GET /api/session", "Content-Length: 1000000000\r\n", 200],
  ])("%s, are answered early, no longer read, and cut off", async (_, line, headers, status) => {
    const reply = await sendRaw(spillway.url, request(line, headers), { pumpMs: 5_000 });
    expect([reply.status, reply.closed]).toEqual([status, true]);
    expect(reply.sent).toBeLessThan(ON_THE_WAY);
  });

  it("twenty of them at once cost less than 10 MB, and do nothing", async () => {
    const head = (kind: string) => request("POST /api/queues/billing/pause", `${JSON_WRITE}${kind}\r\n`);
    const kinds = ["Transfer-Encoding: chunked", "Content-Length: 1000000000"];
    const flood = () =>
      Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          sendRaw(spillway.url, head(kinds[i % 2] ?? ""), { pumpMs: 3_000 }),
        ),
      );
    // What a process takes the first time it does something is not the bodies'.
    await flood();
    const before = residentBytes();
    const replies = await flood();
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(20).fill(413));
    expect(residentBytes() - before).toBeLessThan(10 * MEGABYTE);
    expect(await isPaused()).toBe(false);
  });

  it.each([
    ["a header of 20 kB", request("GET /livez", `X-Big: ${"x".repeat(20_000)}\r\n`), 431],
    [
      "a thousand headers",
      request("GET /livez", Array.from({ length: 1_000 }, (_, i) => `x${i}: 1\r\n`).join("")),
      431,
    ],
    ["an address of 9 kB", request(`GET /api/queues?q=${"x".repeat(9_000)}`), 414],
  ])("%s is refused", async (_, text, status) => {
    expect((await sendRaw(spillway.url, text, { patienceMs: 300 })).status).toBe(status);
  });
});

describe("attack 7: other hosts", () => {
  const PATHS = [
    ...Object.values(endpoints).map(({ path }) => path.replaceAll(/\{\w+\}/g, "x")),
    "/",
    "/queues",
    "/assets/app.js",
    "/favicon.svg",
  ];
  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "0.0.0.0"])(
    "%j is refused on every route, the stream, the screens and the files",
    async (host) => {
      const found = await Promise.all(
        PATHS.map(async (path) => {
          const text = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nAccept: text/html\r\n\r\n`;
          return [path, (await sendRaw(spillway.url, text, { patienceMs: 10_000 })).status];
        }),
      );
      expect(found.filter(([, status]) => status !== 421 && status !== 400)).toEqual([]);
    },
  );

  it.each([
    "GET / HTTP/1.0\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
  ])("%j is refused", async (text) =>
    expect([400, 421]).toContain((await sendRaw(spillway.url, text)).status),
  );
});

describe("attack 19: what is no HTTP", () => {
  it("500 fuzzed requests leave the process as it was", async () => {
    const { pid } = spillway.child;
    for (const batch of inBatches([...fuzzedRequests(500, 19)], 50))
      await Promise.all(batch.map((bytes) => sendRaw(spillway.url, bytes, { patienceMs: 150 })));
    expect([spillway.child.exitCode, spillway.child.pid]).toEqual([null, pid]);
    expect((await fetch(`${spillway.url}/livez`)).status).toBe(200);
    expect(spillway.output()).not.toMatch(/unhandled|nobody foresaw|could not be answered|TypeError/i);
  });
});

function residentBytes(): number {
  const status = readFileSync(`/proc/${spillway.child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024;
}

function inBatches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
