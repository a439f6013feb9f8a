import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { helpText } from "../help.ts";
import { parseCommand } from "../parse-flags.ts";
import { createClient } from "./client.ts";
import type { Ask } from "./parse-ask.ts";
import { sseEvents } from "./sse.ts";
import { shownAge, tableLines } from "./table.ts";
import { VERBS } from "./verbs.ts";

function parsed(line: string, env: Record<string, string> = {}): Ask {
  const command = parseCommand(line.split(" "), env);
  if (command.kind !== "ask") throw new Error(`It is ${command.kind}.`);
  return command.ask;
}

describe("a command", () => {
  it("takes the console and the token from the environment, or by option", () => {
    const env = { SPILLWAY_URL: "https://ops.example/queues/", SPILLWAY_TOKEN: "t" };
    expect(parsed("queues", env)).toMatchObject({
      verb: "queues",
      url: env.SPILLWAY_URL,
      token: "t",
      json: false,
    });
    expect(parsed("retry billing 1 2 --url http://x:1 --json --reason why", env)).toMatchObject({
      operands: ["billing", "1", "2"],
      url: "http://x:1/",
      json: true,
      options: { reason: "why" },
    });
    expect(parsed("watch").token).toBeNull();
  });

  it.each([
    ["pause", "Usage: spillway pause QUEUE [--reason TEXT]"],
    ["pause a b", "Usage: spillway pause QUEUE"],
    ["queues a", "Usage: spillway queues [--trouble CODE]"],
    ["jobs a --limt 3", "Unknown option '--limt'. Usage: spillway jobs QUEUE"],
    ["jobs a --url ftp://x", "--url must be an http:// or https:// URL"],
    ["jobs a --url http://me:secret@x", "--url must be an http:// or https:// URL"],
    ["jobs a --token-file /nowhere", "/nowhere: ENOENT"],
  ])("%s is refused in one line", (line, message) => {
    expect(() => parsed(line)).toThrow(message);
  });

  it("is in the help with every option", () => {
    const help = helpText();
    for (const [verb, { options }] of Object.entries(VERBS))
      for (const text of [`  spillway ${verb}`, ...Object.keys(options).map((name) => `--${name} `)])
        expect(help).toContain(text);
  });
});

describe("what is asked", () => {
  async function answered(answer: Parameters<typeof createServer>[1], isWrite: boolean) {
    const server = createServer(answer).listen(0, "127.0.0.1");
    await once(server, "listening");
    const client = createClient({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      token: null,
    });
    const asked = isWrite
      ? client.write("pauseQueue", { queue: "a" }, {})
      : client.read("listQueues", {}, {});
    const said = await asked.then(
      () => ({ exit: 0, message: "" }),
      ({ exit, message }: { exit: number; message: string }) => ({ exit, message }),
    );
    server.close();
    server.closeAllConnections();
    return said;
  }

  it("and answered by something else says so", async () => {
    expect(await answered((_, reply) => reply.writeHead(502).end("<h1>Bad gateway</h1>"), false)).toEqual({
      exit: 69,
      message: expect.stringContaining("answers 502 and is no console"),
    });
    expect(
      await answered((_, reply) => reply.writeHead(302, { Location: "/login" }).end(), false),
    ).toMatchObject({ exit: 69 });
    expect(await answered((_, reply) => reply.end('{"items":1}'), false)).toEqual({
      exit: 1,
      message: expect.stringContaining("same version"),
    });
  });

  it("and whose answer is lost may have taken effect, if it is a write", async () => {
    expect(await answered((request) => request.destroy(), true)).toEqual({
      exit: 75,
      message: expect.stringContaining("may have taken effect"),
    });
    expect(await answered((request) => request.destroy(), false)).toMatchObject({ exit: 69 });
  });
});

it("events are read however they are cut", async () => {
  const text =
    ': beat\n\nid: e:1\nevent: hello\ndata: {"a":\ndata: "ü"}\n\nevent: bye\ndata: {}\n\nevent: half';
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await Array.fromAsync(sseEvents(body))).toEqual([
    { event: "hello", id: "e:1", data: { a: "ü" } },
    { event: "bye", id: null, data: {} },
  ]);
});

it("tables align, numbers to the right", () => {
  expect(
    tableLines(
      ["QUEUE", "WAITING", "WHY"],
      [
        ["billing", "12", ""],
        ["a", "–", "long one"],
      ],
    ),
  ).toEqual(["QUEUE    WAITING  WHY", "billing       12", "a              –  long one"]);
  expect([null, 3, 600, 36_000, 400_000].map(shownAge)).toEqual(["–", "3s", "10m", "10h", "5d"]);
});
