import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAuditWebhook } from "./audit-webhook.ts";
import { isLinkLocal } from "./link-local.ts";

interface Got {
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
  port: number;
}

let server: Server;
let url: string;
let got: Got[];
let answer: { status: number; headers?: Record<string, string> } | "cut" | "never";
beforeEach(async () => {
  got = [];
  answer = { status: 204 };
  const take = async (request: IncomingMessage, reply: ServerResponse) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    got.push({
      method: request.method ?? "",
      headers: request.headers,
      body,
      port: request.socket.remotePort ?? 0,
    });
    if (answer === "cut") return void request.socket.destroy();
    if (answer !== "never") reply.writeHead(answer.status, answer.headers).end("x".repeat(100));
  };
  server = createServer((request, reply) => void take(request, reply)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/in?x=1`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
});

describe("the audit webhook", () => {
  test("posts entries, a line each, with the secret, on one connection", async () => {
    await using sink = createAuditWebhook({ url, authorization: "Bearer s3cret" });
    await sink.append(['{"seq":1}', '{"seq":2,"ü":1}']);
    await sink.append(['{"seq":3}']);
    expect(got.map(({ body }) => body)).toEqual(['{"seq":1}\n{"seq":2,"ü":1}\n', '{"seq":3}\n']);
    expect(got[0]).toMatchObject({
      method: "POST",
      headers: { authorization: "Bearer s3cret", "content-type": "application/x-ndjson; charset=utf-8" },
    });
    expect(new Set(got.map(({ port }) => port)).size).toBe(1);
    expect(sink.target).toBe(new URL(url).host);
  });

  test.each([200, 202, 204])("takes %i for a yes", async (status) => {
    answer = { status };
    await using sink = createAuditWebhook({ url, authorization: null });
    await sink.append(["{}"]);
    expect(got[0]?.headers.authorization).toBeUndefined();
  });

  test.each([400, 401, 404, 429, 500, 503])("takes %i for a no", async (status) => {
    answer = { status };
    await using sink = createAuditWebhook({ url, authorization: null });
    await expect(sink.append(["{}"])).rejects.toThrow(`it answered ${status}`);
  });

  test("follows no redirect", async () => {
    answer = { status: 307, headers: { Location: url } };
    await using sink = createAuditWebhook({ url, authorization: "Bearer s3cret" });
    await expect(sink.append(["{}"])).rejects.toThrow("it answered 307");
    expect(got).toHaveLength(1);
  });

  test("says what went wrong where there was no answer, and works again", async () => {
    await using sink = createAuditWebhook({ url, authorization: null });
    answer = "cut";
    await expect(sink.append(["{}"])).rejects.toThrow("the connection was cut (ECONNRESET)");
    answer = "never";
    await expect(sink.append(["{}"])).rejects.toThrow("no answer within 3 s");
    answer = { status: 200 };
    await sink.append(["{}"]);
    await using nowhere = createAuditWebhook({ url: "http://127.0.0.1:1/", authorization: null });
    await expect(nowhere.append(["{}"])).rejects.toThrow("nothing listens there (ECONNREFUSED)");
    await using unnamed = createAuditWebhook({ url: "http://nobody.invalid/", authorization: null });
    await expect(unnamed.append(["{}"])).rejects.toThrow(/its name (is not known|can't be looked up)/);
  });
});

test("link-local addresses are known in every dress", () => {
  for (const address of ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254"])
    expect([address, isLinkLocal(address)]).toEqual([address, true]);
  for (const address of ["10.0.0.1", "::1", "127.0.0.1", "logs.example"])
    expect([address, isLinkLocal(address)]).toEqual([address, false]);
});
