import { buildPath } from "@spillway/contract/paths";
import { type Endpoint, type EndpointName, endpoints } from "@spillway/contract/table";
import { expect, test } from "vitest";
import { problemOf, startApp } from "../app.fixture.ts";
import { createPolicy } from "../auth/index.ts";

const HIDDEN = "canary-payroll";
const BEN = { name: "Ben", roles: ["letters-only"] };
const ALL = { name: "Ana", roles: ["admin"] };

const policy = createPolicy({
  roles: {
    "letters-only": {
      sees: ["letters"],
      allow: [
        {
          actions: [
            "queue.*",
            "job.*",
            "schedule.*",
            "operation.*",
            "marker.*",
            "audit.export",
            "metrics.export",
          ],
          queues: ["*"],
        },
      ],
      deny: [],
    },
  },
});

/** A queue that Ben sees and one that he doesn't, with everything that a queue can have. */
async function world() {
  const app = await startApp({ deps: { policy } });
  const { engine, clock, post } = app;
  const simulate = () => ({ ms: 1, error: { name: "TypeError", message: "canary no", stack: null } });
  for (const queue of ["letters", HIDDEN]) {
    engine.defineQueue(queue);
    engine.addSchedule(queue, { id: `of-${queue}`, task: `task-${queue}`, pattern: "0 3 * * *" });
  }
  engine.addWorker({ queues: ["letters", HIDDEN], simulate: () => ({ ms: 3_600_000 }) });
  engine.addWorker({ queues: [HIDDEN], host: "canary-host", simulate });
  for (let i = 0; i < 30; i++) engine.add(HIDDEN, "canary-task", { i }, { id: `canary-${i}`, attempts: 1 });
  engine.add("letters", "print", {}, { id: "shared" });
  await clock.advance(6_000);
  const stream = app.send("/api/events?topic=overview", {}, BEN);
  const wide = app.send("/api/events", {}, BEN);
  const own = app.send(`/api/events?topic=queue:${HIDDEN}&topic=queue:letters`, {}, BEN);
  const streams = [await stream, await wide, await own].map((reply) => reply.text());
  const as = (path: string, body: object = {}) => post(path, body, {}, ["admin"]);
  await as(`/api/queues/${HIDDEN}/pause`);
  await as("/api/queues/letters/pause");
  await as("/api/markers", { title: "canary marker", queue: HIDDEN, kind: "incident", incident: "INC-7" });
  const bulk = await as(`/api/queues/${HIDDEN}/jobs/bulk`, {
    action: "job.remove",
    selection: { filter: { state: "failed" } },
  });
  const { operation } = await bulk.json();
  const preview = await as(`/api/queues/${HIDDEN}/jobs/preview`, {
    action: "job.remove",
    selection: { filter: { state: "waiting" } },
  });
  const { selection_token: token } = await preview.json();
  const record = (await (await app.send(`/api/audit?queue=${HIDDEN}`, {}, ALL)).json()).items[0];
  await post(`/api/queues/${HIDDEN}/resume`, {}, {}, ["viewer"]);
  await clock.advance(6_000);
  return { ...app, streams, operation, token, record };
}

test("a hidden queue is told of by no read and no stream, while those who see everything are told", async () => {
  const { send, streams, operation, token, record, clock, close } = await world();
  const trouble = (await (await send("/api/overview", {}, ALL)).json()).trouble as {
    id: string;
    queue: string;
  }[];
  expect(trouble.some(({ queue }) => queue === HIDDEN)).toBe(true);
  const params = {
    queue: "letters",
    job_id: "shared",
    schedule_id: "of-letters",
    audit_id: record.id,
    trouble_id: "x",
    marker_id: "x",
    operation_id: operation.id,
    token,
  };
  const names = Object.keys(endpoints) as EndpointName[];
  const queries: Partial<Record<EndpointName, string[]>> = {
    findJob: ["?job_id=canary-1"],
    exportAudit: [
      `?format=csv&queue=${HIDDEN}`,
      "?format=csv",
      "?format=ndjson",
      "?format=markdown&incident=INC-7",
    ],
    exportJobs: ["?format=csv", "?format=ndjson"],
    exportHistory: ["?format=csv"],
    listAudit: ["", "?q=canary", "?job_id=canary-1", `?queue=${HIDDEN}`, "?incident=INC-7"],
    listWorkers: ["", `?queue=${HIDDEN}`],
    listQueues: ["", "?q=canary", "?since=2026-11-23T14:00:00.000Z"],
    listOperations: ["", `?queue=${HIDDEN}`],
    listMarkers: ["", "?incident=INC-7"],
    getOverview: ["", "?since=2026-11-23T14:00:00.000Z"],
  };
  let known = 0;
  for (const name of names) {
    const endpoint: Endpoint = endpoints[name];
    if (endpoint.method !== "GET" || endpoint.reply === "stream") continue;
    for (const query of queries[name] ?? [""]) {
      const text = await (await send(buildPath(name, params) + query, {}, BEN)).text();
      // What somebody asks for by name stands in the answer that there is none.
      expect([name, query, /canary/i.test(text.replaceAll(/no \w+ "[^"]*"/g, ""))]).toEqual([
        name,
        query,
        false,
      ]);
      if (/canary/i.test(await (await send(buildPath(name, params) + query, {}, ALL)).text())) known++;
    }
  }
  expect(known).toBeGreaterThan(15);
  await clock.advance(2_000);
  await close();
  for (const text of await Promise.all(streams)) {
    expect(text).toContain("event: hello");
    expect(text).not.toMatch(/canary/i);
  }
  expect((await streams[1])?.match(/event: queues/g)?.length).toBeGreaterThan(0);
  expect((await streams[1])?.match(/event: audit/g)?.length).toBeGreaterThan(0);
  expect(await streams[2]).toContain('"queue":"letters"');
});

test("nor by the job of a flow, a selection, the settings, a finding that is over, or an incident of the same minute", async () => {
  const settings = { read_only_queues: [HIDDEN] };
  const app = await startApp({ deps: { policy }, config: { settings } });
  const { engine, send, post, token } = { ...app, ...(await selectionOf(app)) };
  for (const [queue, other] of [
    ["letters", HIDDEN],
    [HIDDEN, "letters"],
  ] as const)
    engine.add(
      queue,
      "t",
      {},
      {
        id: `flow-${queue}`,
        children: [{ queue: other, task: "t", payload: {}, options: { id: `child-${other}` } }],
      },
    );
  await post(`/api/trouble/failure_spike:${HIDDEN}/ack`, {}, {}, ["admin"]);
  await post("/api/markers", { title: "m", queue: HIDDEN, kind: "incident" }, {}, ["admin"]);
  const asks = [
    "/api/queues/letters/jobs/flow-letters",
    "/api/queues/letters/jobs/child-letters",
    "/api/audit",
  ];
  for (const path of asks) {
    expect([path, /canary/.test(await (await send(path, {}, ALL)).text())]).toEqual([path, true]);
    expect([path, /canary/.test(await (await send(path, {}, BEN)).text())]).toEqual([path, false]);
  }
  const selection = { token };
  const roles = ["letters-only"];
  for (const [path, body] of [
    ["preview", { action: "job.remove", selection }],
    ["bulk", { action: "job.remove", selection }],
  ] as const)
    expect(
      (await problemOf(await post(`/api/queues/letters/jobs/${path}`, body, {}, roles), 404)).detail,
    ).toContain("no such selection");
  const mine = await (
    await post("/api/markers", { title: "m", queue: "letters", kind: "incident" }, {}, roles)
  ).json();
  expect(mine).toMatchObject({ status: "success", incident: "INC-1123-1400-2" });
  await app.close();
});

/** What was chosen in the hidden queue. */
async function selectionOf({
  engine,
  post,
}: Awaited<ReturnType<typeof startApp>>): Promise<{ token: string }> {
  for (const queue of ["letters", HIDDEN]) engine.defineQueue(queue);
  const body = { action: "job.remove", selection: { filter: { state: "waiting" } } };
  const reply = await post(`/api/queues/${HIDDEN}/jobs/preview`, body, {}, ["admin"]);
  return { token: (await reply.json()).selection_token };
}

test("sums are of the queues that are shown, and a worker of several works for those", async () => {
  const { send, close } = await world();
  const overview = await (await send("/api/overview", {}, BEN)).json();
  expect(overview).toMatchObject({
    total_queues: 1,
    total_workers: 1,
    jobs: { failed: 0 },
    latest_failures: [],
  });
  const { items } = await (await send("/api/workers", {}, BEN)).json();
  expect(items).toHaveLength(1);
  expect(items[0].queues).toEqual(["letters"]);
  expect(items[0].active_jobs.every(({ queue }: { queue: string }) => queue === "letters")).toBe(true);
  const { history } = await (await send("/api/metrics/history", {}, BEN)).json();
  expect(history.at(-1)).toMatchObject({ total_queues: 1, failed: 0 });
  await close();
});

test("a deploy of hidden queues is no marker for those who don't see them, one of shown queues is", async () => {
  const { engine, clock, send, close } = await startApp({ deps: { policy } });
  const others = [HIDDEN, "canary-other"];
  for (const queue of ["letters", ...others]) engine.defineQueue(queue);
  const work = (queues: string[], version: string) => engine.addWorker({ queues, version });
  for (const queues of [["letters"], others]) work(queues, "1.0.0");
  await clock.advance(5_000);
  work(others, "9.9.9");
  work(["letters"], "2.0.0");
  await clock.advance(600_000);
  const told = async (who: typeof BEN) =>
    (await (await send("/api/markers", {}, who)).json()).items
      .map(({ title }: { title: string }) => title)
      .join();
  expect(await told(ALL)).toContain("9.9.9");
  expect(await told(BEN)).toContain("2.0.0");
  expect(await told(BEN)).not.toContain("9.9.9");
  await close();
});

test("every path of a hidden queue answers as that of one that is not there, and nothing happens", async () => {
  const { send, engine, token, close } = await world();
  const before = await engine.queue(HIDDEN);
  const [job] = (await engine.listJobs(HIDDEN, "active", { offset: 0, limit: 1 })).rows;
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const endpoint: Endpoint = endpoints[name];
    if (!endpoint.path.includes("{queue}")) continue;
    const answers = await Promise.all(
      [HIDDEN, "never-there"].map(async (queue) => {
        const path = buildPath(name, {
          queue,
          job_id: job?.id ?? "canary-1",
          schedule_id: `of-${HIDDEN}`,
        } as never);
        const init = {
          method: endpoint.method,
          headers: { "Content-Type": "application/json", "X-Spillway-Request": "1" },
          ...(endpoint.method === "POST" && { body: JSON.stringify(bodyOf(name, token)) }),
        };
        const reply = await send(path, init, BEN);
        const { request_id: _, audit_id, ...body } = await reply.json();
        return JSON.stringify({ status: reply.status, body, isOnRecord: audit_id !== undefined }).replaceAll(
          queue,
          "Q",
        );
      }),
    );
    expect([name, answers[0]]).toEqual([name, answers[1]]);
    expect([name, JSON.parse(answers[0] ?? "").status]).toEqual([name, 404]);
  }
  expect(await engine.queue(HIDDEN)).toEqual(before);
  await close();
});

function bodyOf(name: EndpointName, token: string): object {
  const selection = { token };
  if (name === "previewSelection" || name === "bulkJobs") return { action: "job.remove", selection };
  if (name === "redriveJobs") return { selection };
  return name === "cleanQueue" ? { state: "failed" } : {};
}

test("writes by another name reach no hidden queue either", async () => {
  const { send, engine, operation, token, close } = await world();
  const before = await engine.queue(HIDDEN);
  const headers = { "Content-Type": "application/json", "X-Spillway-Request": "1" };
  const post = async (path: string, body: object = {}) =>
    (await send(path, { method: "POST", headers, body: JSON.stringify(body) }, BEN)).status;
  for (const hand of ["pause", "resume", "cancel", "advance", "undo", "purge"])
    expect([hand, await post(`/api/operations/${operation.id}/${hand}`)]).toEqual([hand, 404]);
  expect(await post("/api/markers", { title: "x", queue: HIDDEN })).toBe(404);
  const bulk = { action: "job.remove", selection: { token } };
  expect(await post("/api/queues/letters/jobs/bulk", bulk)).toBeGreaterThanOrEqual(400);
  expect(await engine.queue(HIDDEN)).toEqual(before);
  await close();
});

test("those who see the same are told by one serialization, and those who see everything by one of their own", async () => {
  const { send, clock, close } = await startApp({ deps: { policy } });
  const stringify = JSON.stringify;
  const count = async (clients: number) => {
    const streams = await Promise.all(
      Array.from({ length: clients }, (_, i) => send("/api/events", {}, i % 2 === 0 ? BEN : ALL)),
    );
    let made = 0;
    JSON.stringify = ((value: unknown) => {
      if (typeof value === "object" && value !== null && "sample" in value) made++;
      return stringify(value);
    }) as typeof JSON.stringify;
    try {
      await clock.advance(10_000);
    } finally {
      JSON.stringify = stringify;
    }
    for (const stream of streams) await stream.body?.cancel();
    return made;
  };
  const few = await count(2);
  expect(few).toBeGreaterThan(0);
  expect(await count(100)).toBe(few);
  await close();
});
