import { type Endpoint, endpoints } from "@spillway/contract/table";
import { EngineError, type JobRow, type QueueEngine } from "@spillway/engine";
import type { EmbeddedEngine } from "@spillway/engine-embedded";
import { errorShape } from "@spillway/triage";
import { describe, expect, test } from "vitest";
import { memorySink, startApp } from "../app.fixture.ts";

/** In no word of the console's own, so that finding it is a leak. */
const CANARY = "c4n4ryQz";
const URL_WITH = `redis://app:${CANARY}@10.0.0.1:6379`;
const MESSAGE = `login at ${URL_WITH} failed: password=${CANARY}`;
const ERROR = {
  name: "LoginError",
  message: MESSAGE,
  stack: `LoginError: ${MESSAGE}\n    at login (/srv/src/login.ts:1:1)`,
};
const JOB = "/api/queues/billing/jobs/job-1";

/** An engine that puts the canary into whatever a driver may hand over. */
function indiscreet(engine: EmbeddedEngine, fault: { on: boolean }): QueueEngine {
  const said = (code: "refused" | "unavailable") => new EngineError(code, `It says: ${MESSAGE}`);
  const replaced: Partial<QueueEngine> = {
    pauseQueue: () => Promise.reject(said("refused")),
    async snapshot() {
      if (fault.on) throw said("unavailable");
      return engine.snapshot();
    },
    async ping() {
      if (fault.on) throw said("unavailable");
    },
    async actOnJobs(queue, action, targets, options) {
      const results = await engine.actOnJobs(queue, action, targets, options);
      return results.map((one) => ({ ...one, outcome: "refused", message: `It says: ${MESSAGE}` }) as const);
    },
    listJobs: async (...args) => withProgress(await engine.listJobs(...args)),
    async job(...args) {
      const record = await engine.job(...args);
      return (
        record && {
          ...record,
          progress: `{"token":"${CANARY}"}`,
          options: `{"headers":{"Cookie":"s=${CANARY}"}}`,
        }
      );
    },
  };
  return new Proxy(engine, { get: (target, key) => Reflect.get(replaced, key) ?? Reflect.get(target, key) });
}

const withProgress = <S extends { rows: JobRow[] }>(slice: S): S => ({
  ...slice,
  rows: slice.rows.map((row) => ({ ...row, progress: `"${URL_WITH}"` })),
});

/** A console whose queue, log, sinks and engine are full of canaries. */
async function world() {
  const fault = { on: false };
  const [lines, logged, kept]: [string[], string[], string[]] = [[], [], []];
  const log = (message: string, fields?: object) => void logged.push(message + JSON.stringify(fields ?? {}));
  const store = {
    append: async (line: string) => void kept.push(line),
    async *readBack() {},
    replace: async (all: Iterable<string>) => void kept.push(...all),
  };
  const failing = {
    kind: "webhook" as const,
    target: "logs.example",
    append: () => Promise.reject(new Error(MESSAGE)),
  };
  const app = await startApp({
    wrapEngine: (engine) => indiscreet(engine, fault),
    deps: {
      auditSinks: [memorySink(lines), failing],
      operationsStore: store,
      log: { info: log, warn: log, error: log },
    },
  });
  const payload = {
    tenant: "t-1",
    password: CANARY,
    note: `see ${URL_WITH}`,
    inner: JSON.stringify({ token: CANARY }),
  };
  for (let i = 0; i < 20; i++)
    app.engine.add("billing", "charge", payload, { id: `job-${i}`, attempts: i % 2 === 0 ? 1 : 2 });
  app.engine.addSchedule("billing", { id: "nightly", task: "charge", payload, everyMs: 60_000 });
  app.engine.addWorker({
    queues: ["billing"],
    name: URL_WITH,
    host: `h?token=${CANARY}`,
    concurrency: 3,
    simulate: ({ id }) => ({
      ms: 900,
      logs: [{ part: 0.5, text: `Authorization: Bearer ${CANARY}${CANARY}` }],
      ...(id === "job-3" ? { result: payload } : { error: ERROR }),
    }),
  });
  return { ...app, fault, lines, logged, kept };
}

/** Everything that can be read, once: what the table says, with what is known of its parameters. */
function addresses(ids: Record<string, string>): string[] {
  const reads = Object.values<Endpoint>(endpoints).filter(
    ({ method, reply }) => method === "GET" && reply !== "stream",
  );
  const plain = reads.map(({ path }) => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "x"));
  const list = "/api/queues/billing/jobs";
  const breakdown = "/api/queues/billing/breakdown?state=failed&by=";
  return [
    ...plain,
    ...["failed", "waiting", "active", "completed", "delayed"].map((state) => `${list}?state=${state}`),
    `${list}?q=tenant`,
    `${list}/job-3`,
    ...["error_shape", "worker", "task", "payload:password", "payload:note", "payload:inner"].map(
      (by) => breakdown + by,
    ),
    ...["csv", "ndjson", "markdown"].map((format) => `/api/audit/export?format=${format}`),
    ...["csv", "ndjson"].map((format) => `/api/queues/billing/export?format=${format}`),
    "/api/search?job_id=job-1",
    "/api/audit?q=it+says",
    `/no/such/${CANARY}`,
  ];
}

describe("attack 15: no secret leaves", () => {
  test("in no reply, no event, no log line, no record, no kept operation", async () => {
    const { clock, send, post, fault, lines, logged, kept, close } = await world();
    const stream = send("/api/events").then((reply) => reply.text());
    await clock.advance(8_000);
    const said: string[] = [];
    const note = { reason: `because of ${URL_WITH}`, incident: `token=${CANARY}` };
    const act = async (path: string, body: object = {}): Promise<Record<string, unknown>> => {
      const headers = {
        "Idempotency-Key": `token=${CANARY}${said.length}`,
        "X-Request-Id": `sk_live_${CANARY}${CANARY}`,
      };
      const reply = await post(path, { ...note, ...body }, headers);
      const text = await reply.text();
      said.push(text, JSON.stringify([...reply.headers]));
      return JSON.parse(text);
    };
    await act("/api/queues/billing/pause");
    await act("/api/markers", {
      title: `deployed with ${URL_WITH}`,
      kind: "note",
      link: `https://u:${CANARY}@x.example/`,
    });
    const { operation } = await act("/api/queues/billing/jobs/bulk", {
      action: "job.remove",
      selection: { filter: { state: "failed", q: "password" } },
    });
    await act("/api/queues/billing/redrives", {
      selection: { filter: { state: "failed", task: `token=${CANARY}` } },
    });
    await act("/api/session/name", { name: `ana token=${CANARY}` });
    await send("/api/queues/billing/pause", {
      method: "POST",
      headers: { Cookie: CANARY, Origin: `https://u:${CANARY}@x.example` },
    });
    fault.on = true;
    await clock.advance(3_000);
    const id = String(Reflect.get(Object(operation), "id"));
    const ids = { queue: "billing", job_id: "job-1", operation_id: id, schedule_id: "nightly" };
    for (const path of addresses(ids)) {
      const reply = await send(path, {
        headers: { Authorization: `Bearer ${CANARY}`, Cookie: `s=${CANARY}` },
      });
      const text = await reply.text();
      said.push(`${path.replaceAll(CANARY, "")} ${text} ${JSON.stringify([...reply.headers])}`);
    }
    fault.on = false;
    await clock.advance(3_000);
    await close();
    const outputs = { said, stream: [await stream], lines, logged, kept };
    for (const [name, texts] of Object.entries(outputs)) {
      const leaks = texts.filter((text) => text.includes(CANARY)).map((text) => around(text));
      expect(leaks, name).toEqual([]);
      expect(texts.join("").length, `${name} is there at all`).toBeGreaterThan(100);
      if (name !== "logged") expect(texts.join(""), name).toContain("[redacted]");
    }
  });

  test("searching tells nothing of what is not shown", async () => {
    const { clock, json } = await world();
    await clock.advance(8_000);
    const found = async (query: string) =>
      (await json(`/api/queues/billing/jobs?state=failed&${query}`)).items.length;
    expect(await found("q=tenant")).toBeGreaterThan(5);
    const parts = [CANARY, CANARY.slice(0, 3), `app:${CANARY}`, `password%22:%22${CANARY.slice(0, 1)}`];
    for (const part of parts) {
      expect(await found(`q=${part}`), part).toBe(0);
      expect(await found(`worker=${part}`), part).toBe(0);
    }
    const { groups } = await json("/api/queues/billing/breakdown?state=failed&by=payload:password");
    expect(groups).toHaveLength(1);
    expect(groups[0].key).toBe("[redacted]");
  });

  test("the id of an error is made of what is shown, so that nobody can try out what was taken out", async () => {
    const { clock, json, send } = await world();
    await clock.advance(8_000);
    const { items } = await json("/api/queues/billing/dlq/shapes");
    expect(items).toHaveLength(1);
    expect(items[0].id).not.toBe(errorShape(ERROR).id);
    const other = { ...ERROR, message: MESSAGE.replaceAll(CANARY, "another"), stack: null };
    const { error } = await json(JOB);
    expect(error.shape_id).toBe(items[0].id);
    expect((await send(`/api/queues/billing/jobs?error_shape=${errorShape(other).id}`)).status).toBe(200);
    expect((await json(`/api/queues/billing/jobs?error_shape=${errorShape(ERROR).id}`)).items).toEqual([]);
    expect((await json(`/api/queues/billing/jobs?error_shape=${items[0].id}`)).items.length).toBeGreaterThan(
      5,
    );
  });
});

const around = (text: string): string => {
  const at = text.indexOf(CANARY);
  return text.slice(Math.max(0, at - 120), at + 40);
};
