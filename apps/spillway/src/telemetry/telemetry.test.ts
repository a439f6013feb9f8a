import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sha256 } from "@spillway/bff";
import { createVerifier, isIntact } from "@spillway/contract/audit";
import { expect, it } from "vitest";
import { createSpillway } from "../embed/create-spillway.ts";

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}
interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Attribute[];
  status: { code?: number };
}
interface LogRecord {
  body: { stringValue: string };
  attributes: Attribute[];
}

/** What a collector is asked for, by path; `status` is what it answers. */
async function collector() {
  const got: { path: string; authorization: string | undefined; body: unknown }[] = [];
  const state = { status: 200 };
  const answer = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    let text = "";
    for await (const part of request) text += String(part);
    got.push({
      path: request.url ?? "",
      authorization: request.headers.authorization,
      body: JSON.parse(text),
    });
    reply.writeHead(state.status, { "Content-Type": "application/json" }).end("{}");
  };
  const server = createServer((request, reply) => void answer(request, reply)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const leaves = (path: string, kind: string, scope: string, leaf: string): unknown[] =>
    got
      .filter((one) => one.path === path)
      .flatMap(({ body }) => Reflect.get(Object(body), kind))
      .flatMap((resource) => Reflect.get(Object(resource), scope))
      .flatMap((one) => Reflect.get(Object(one), leaf));
  return {
    got,
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/otlp`,
    spans: () => leaves("/otlp/v1/traces", "resourceSpans", "scopeSpans", "spans") as Span[],
    logs: () => leaves("/otlp/v1/logs", "resourceLogs", "scopeLogs", "logRecords") as LogRecord[],
    [Symbol.dispose]: () => server.close().closeAllConnections(),
  };
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const attribute = ({ attributes }: Pick<Span, "attributes">, key: string) => {
  const value = attributes.find((one) => one.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
};

function started(url: string) {
  return createSpillway<null>({
    basePath: "/ops",
    otlpEndpoint: url,
    otlpSecret: "known",
    sampleInterval: "200ms",
    log,
    authorize: () => ({ id: "7", name: "Ana", roles: ["admin"] }),
  });
}

function pause(queue: string, headers: Record<string, string> = {}): Request {
  return new Request(`http://127.0.0.1/ops/api/queues/${queue}/pause`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Spillway-Request": "1", ...headers },
    body: JSON.stringify({ reason: "INC-7" }),
  });
}

it("a collector gets a span for each request and for each call it makes to the engine, below whoever asked", async () => {
  using there = await collector();
  const ops = await started(there.url);
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const paused = await ops.fetch(
    pause("billing", { traceparent: `00-${traceId}-b7ad6b7169203331-01` }),
    null,
  );
  await ops.fetch(pause("nowhere"), null);
  await ops.fetch(new Request("http://127.0.0.1/ops/api/queues/billing/jobs?state=failed"), null);
  // A write has a sample taken, and from there on the next ones: they belong to no request.
  const isLater = () => there.spans().filter(({ name }) => name === "engine.snapshot").length > 10;
  await expect.poll(isLater, { timeout: 40_000 }).toBe(true);
  await ops.close();

  const spans = there.spans();
  const route = "POST /api/queues/{queue}/pause";
  const [asked, failed] = spans.filter(({ name }) => name === route);
  expect(asked).toMatchObject({ traceId, parentSpanId: "b7ad6b7169203331" });
  expect(asked && attribute(asked, "http.response.status_code")).toBe(200);
  expect(asked && attribute(asked, "spillway.request_id")).toBe(paused.headers.get("X-Request-Id"));
  const below = (span: Span | undefined) => spans.filter(({ parentSpanId }) => parentSpanId === span?.spanId);
  expect(below(asked).map(({ name }) => name)).toContain("engine.pauseQueue");
  const acted = below(asked).find(({ name }) => name === "engine.pauseQueue");
  expect(acted && attribute(acted, "spillway.queue")).toBe("billing");
  const [refused] = below(failed).filter(({ status }) => status.code === 2);
  expect(refused && attribute(refused, "error.type")).toBe("queue_not_found");
  const listed = spans.find(({ name }) => name === "GET /api/queues/{queue}/jobs");
  expect(below(listed).map(({ name }) => name)).toEqual(["engine.listJobs"]);
  const samples = spans.filter(({ name }) => name === "engine.snapshot");
  expect(samples.slice(-5).map(({ parentSpanId }) => parentSpanId ?? "")).toEqual(["", "", "", "", ""]);
  expect(new Set(there.got.map(({ authorization }) => authorization))).toEqual(new Set(["Bearer known"]));
  expect(JSON.stringify(there.spans())).not.toContain("tenant");
});

it("and the audit as log records, whose bodies are the chain itself", async () => {
  using there = await collector();
  const ops = await started(there.url);
  await ops.fetch(pause("billing"), null);
  await ops.close();
  const logs = there.logs();
  const intent = logs.find((record) => attribute(record, "spillway.action") === "queue.pause");
  expect(intent && [attribute(intent, "enduser.id"), attribute(intent, "spillway.queue")]).toEqual([
    "7",
    "billing",
  ]);
  expect(intent?.body.stringValue).toContain('"reason":"INC-7"');
  const verifier = createVerifier({ sha256, head: null });
  for (const { body } of logs) verifier.add(body.stringValue);
  expect(isIntact(verifier.end(false))).toBe(true);
});

it("a collector that refuses holds nobody up, and the console says that it does", async () => {
  using there = await collector();
  there.state.status = 503;
  const ops = await started(there.url);
  expect((await ops.fetch(pause("billing"), null)).status).toBe(200);
  const session = await (await ops.fetch(new Request("http://127.0.0.1/ops/api/session"), null)).json();
  expect(session.retention.audit.copies.sinks).toMatchObject([{ kind: "otlp" }]);
  await ops.close();
});
