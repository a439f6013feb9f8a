import { buildPath, buildQuery } from "@spillway/contract/paths";
import { type AuditRecord, schemas } from "@spillway/contract/schemas";
import { type Endpoint, type EndpointName, endpoints } from "@spillway/contract/table";
import { beforeAll, describe, expect, test } from "vitest";
import { problemOf, startApp } from "../app.fixture.ts";

const names = Object.keys(endpoints) as EndpointName[];
const reads = names.filter((name) => !("action" in endpoints[name]));
/** Who gets in and out is told in `routes/login.test.ts`: under auth `none` nobody does. */
const writes = names.filter((name) => "action" in endpoints[name] && endpoints[name].role !== "anyone");

const QUERIES: Partial<Record<EndpointName, Record<string, string>>> = {
  findJob: { job_id: "sample" },
  exportAudit: { format: "csv" },
  exportHistory: { queue: "letters" },
};
const BODIES: Partial<Record<EndpointName, object>> = {
  setName: { name: "Ana" },
  createMarker: { title: "v2.1 is out" },
  setScenario: { name: "healthy" },
  previewSelection: { action: "job.remove", selection: { filter: { state: "waiting" } } },
  bulkJobs: { action: "job.retry", selection: { filter: { state: "failed" } } },
  redriveJobs: { selection: { filter: { state: "failed" } } },
  cleanQueue: { state: "delayed" },
};

let app: Awaited<ReturnType<typeof startApp>>;
let auditId: string;
let token: string;
let noteId: string;
/** One that goes on slowly, one whose phase waits for its verdict, and two that hold what they removed. */
let slow: string;
let judged: string;
let holding: string;
let toPurge: string;

async function prepare(): Promise<void> {
  app = await startApp({ scenario: "healthy" });
  const { engine, post, clock } = app;
  engine.defineQueue("letters");
  for (const id of ["sample", "to-remove", "to-cancel"]) engine.add("letters", "print", { id }, { id });
  engine.add("letters", "print", {}, { id: "to-promote", delayMs: 60_000 });
  for (const queue of ["failing", "failed", "redriven", "judged"]) {
    const simulate = () => ({ ms: 1, error: { name: "TypeError", message: "no", stack: null } });
    engine.addWorker({ queues: [queue], simulate });
    engine.add(queue, "print", {}, { id: "to-retry", attempts: 1 });
  }
  engine.addSchedule("letters", { id: "nightly", task: "sweep", pattern: "0 3 * * *" });
  await clock.advance(3_000);
  const reply = await (await post("/api/queues/letters/resume")).json();
  auditId = reply.audit_id;
  noteId = (await (await post("/api/markers", { kind: "note", title: "mistyped" })).json()).id;
  for (const queue of ["restored", "purged", "cleaned", "many"])
    for (let i = 0; i < 5; i++) engine.add(queue, "print", {}, { delayMs: 3_600_000 });
  engine.add("drained", "print", {});
  token = (await (await post("/api/queues/letters/jobs/preview", BODIES.previewSelection)).json())
    .selection_token;
  const begin = async (path: string, body: object): Promise<string> =>
    (await (await post(path, body)).json()).operation.id;
  const all = { selection: { filter: { state: "delayed" } } };
  slow = await begin("/api/queues/many/jobs/bulk", { action: "job.promote", ...all, rate_per_s: 0.1 });
  await engine.pauseQueue("judged");
  judged = await begin("/api/queues/judged/redrives", { selection: { filter: { state: "failed" } } });
  holding = await begin("/api/queues/restored/jobs/bulk", { action: "job.remove", ...all });
  toPurge = await begin("/api/queues/purged/jobs/bulk", { action: "job.remove", ...all });
  await settle();
}

/** Lets what goes on in the background go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

const SOURCES: Partial<Record<EndpointName, string>> = { bulkJobs: "bulk", redriveJobs: "redrive" };
const JOBS: Partial<Record<EndpointName, string>> = {
  retryJob: "to-retry",
  cancelJob: "to-cancel",
  removeJob: "to-remove",
  promoteJob: "to-promote",
};

/** Where there is something to act on so; `letters` for all else. */
const QUEUES: Partial<Record<EndpointName, string>> = {
  retryJob: "failing",
  bulkJobs: "failed",
  redriveJobs: "redriven",
  drainQueue: "drained",
  cleanQueue: "cleaned",
};
const OPERATIONS: Partial<Record<EndpointName, () => string>> = {
  advanceOperation: () => judged,
  undoOperation: () => holding,
  purgeOperation: () => toPurge,
};

async function pathOf(name: EndpointName): Promise<string> {
  const overview = await app.json("/api/overview");
  const params: Record<string, string> = {
    queue: QUEUES[name] ?? "letters",
    job_id: JOBS[name] ?? "sample",
    schedule_id: "nightly",
    audit_id: auditId,
    marker_id: noteId,
    trouble_id: overview.trouble[0]?.id ?? "none",
    operation_id: OPERATIONS[name]?.() ?? slow,
    token,
  };
  return buildPath(name, params as never) + buildQuery(QUERIES[name] ?? {});
}

describe("every endpoint", () => {
  beforeAll(prepare);

  test.each(reads.filter((name) => endpoints[name].reply === "json"))(
    "%s answers by its schema",
    async (name) => {
      const path = await pathOf(name);
      const isPost = endpoints[name].method === "POST";
      const reply = isPost ? await app.post(path, BODIES[name]) : await app.send(path);
      expect(reply.status).toBe(200);
      expect(reply.headers.get("Cache-Control")).toBe("no-store");
      schemas[name].reply.parse(await reply.json());
    },
  );

  test.each(reads.filter((name) => endpoints[name].reply === "download"))(
    "%s is a download",
    async (name) => {
      const reply = await app.send(await pathOf(name));
      expect(reply.status).toBe(200);
      expect(reply.headers.get("Content-Disposition")).toContain("attachment");
      expect(reply.headers.get("Cache-Control")).toBe("no-store");
      expect((await reply.text()).trim().split("\n").length).toBeGreaterThan(1);
    },
  );

  test.each(reads.filter((name) => "permit" in endpoints[name]))(
    "%s is on record, and denied to whoever has no role for it, on record too",
    async (name) => {
      const { permit: action, path: pattern, queueIn } = endpoints[name] as Endpoint;
      const path = await pathOf(name);
      await (await app.send(path)).text();
      const done = (await app.json(`/api/audit?action=${action}`)).items[0];
      const queue = pattern.includes("{queue}") || queueIn === "query" ? "letters" : null;
      expect(done).toMatchObject({ action, queue, status: "success", source: "api" });
      expect(done.entries.map(({ kind }: { kind: string }) => kind)).toEqual(["intent", "outcome"]);
      await problemOf(await app.send(path, {}, { name: "Ana", roles: [] }), 403);
    },
  );

  test("the stream begins with hello", async () => {
    const reply = await app.send("/api/events");
    expect(reply.headers.get("Content-Type")).toContain("text/event-stream");
    const reader = reply.body?.getReader();
    let text = "";
    while (reader && !text.includes("event: hello"))
      text += new TextDecoder().decode((await reader.read()).value);
    await reader?.cancel();
    expect(text).toContain('"epoch"');
  });

  test.each(writes)("%s does it and is on record", async (name) => {
    const path = await pathOf(name);
    const reply = await app.post(path, BODIES[name] ?? {});
    const body = await reply.json();
    const endpoint: Endpoint = endpoints[name];
    expect(body, path).toMatchObject({ status: endpoint.background ? "pending" : "success" });
    expect(reply.status).toBe(endpoint.background ? 202 : 200);
    schemas[name].reply.parse(body);
    if (endpoint.background) await app.clock.advance(1_000).then(settle);
    const record: AuditRecord = await app.json(`/api/audit/${body.audit_id}`);
    schemas.getAuditRecord.reply.parse(record);
    expect(record).toMatchObject({
      action: endpoint.action,
      status: "success",
      source: SOURCES[name] ?? "api",
    });
    expect(record.entries.map(({ kind }) => kind)).toEqual(["intent", "outcome"]);
    if (name === "setScenario" || name === "removeSchedule") await prepare();
  });

  test.each(writes)("%s is denied to a viewer, and that is on record too", async (name) => {
    const { action } = endpoints[name] as Endpoint;
    if (action === "session.name") return;
    const reply = await app.post(await pathOf(name), BODIES[name] ?? {}, {}, ["viewer"]);
    const denied = await problemOf(reply, 403);
    const record: AuditRecord = await app.json(`/api/audit/${denied.audit_id}`);
    expect(record).toMatchObject({
      action,
      status: "failed",
      error: { code: "forbidden" },
      actor: { name: "Ana" },
    });
  });

  test.each(names)("%s refuses other methods and foreign hosts", async (name) => {
    const path = await pathOf(name);
    const other = (endpoints[name] as Endpoint).method === "GET" ? "DELETE" : "PUT";
    const headers = { "Content-Type": "application/json", "X-Spillway-Request": "1" };
    const reply = await app.send(path, { method: other, headers });
    await problemOf(reply, 405);
    expect(reply.headers.get("Allow")).toContain((endpoints[name] as Endpoint).method);
    await problemOf(await app.send(path, { headers: { Host: "evil.example" } }), 421);
  });

  test("OpenAPI names them all", async () => {
    const document = await app.json("/api/openapi.json");
    const found = Object.values<Record<string, { operationId: string }>>(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(found.sort()).toEqual([...names].sort());
  });
});
