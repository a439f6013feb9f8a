import { buildPath } from "@spillway/contract/paths";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, startApp } from "../app.fixture.ts";

const PAUSE = "/api/queues/letters/pause";

async function world() {
  const app = await startApp();
  app.engine.defineQueue("letters");
  return app;
}

describe("bad queries name the field", () => {
  test.each([
    ["/api/queues?sort=bad", "sort"],
    ["/api/queues/letters/jobs?state=gone", "state"],
    ["/api/queues/letters/jobs?state=failed&page=0", "page"],
    ["/api/queues/letters/jobs?state=failed&page=1e9999", "page"],
    ["/api/queues/letters/jobs?state=failed&size=201", "size"],
    ["/api/queues/letters/jobs?state=failed&state=waiting", "state"],
    ["/api/queues/letters/jobs?from=yesterday", "from"],
    [`/api/queues/letters/jobs?q=${"x".repeat(257)}`, "q"],
    ["/api/queues/letters/jobs?q=x&cursor=nonsense", "cursor"],
    ["/api/queues/letters/breakdown?by=secret", "by"],
    ["/api/metrics/history?limit=1001", "limit"],
    ["/api/overview?since=noon", "since"],
    ["/api/queues/letters?since=noon", "since"],
    ["/api/audit?status=maybe", "status"],
    ["/api/audit?destructive=perhaps", "destructive"],
    ["/api/audit/export", "format"],
    ["/api/queues/letters/export?format=xlsx", "format"],
    ["/api/queues/letters/export?limit=100001", "limit"],
    ["/api/metrics/export?step_s=0", "step_s"],
    ["/api/search", "job_id"],
    ["/api/workers?health=fine", "health"],
  ])("%s", async (path, field) => {
    const { issues, code } = await problemOf(await (await world()).send(path), 400);
    expect(code).toBe("invalid_request");
    expect(issues?.map((issue) => issue.path)).toContain(field);
  });

  test("what is unknown or empty is ignored", async () => {
    const { send } = await world();
    expect((await send("/api/queues?nothing=1&q=&__proto__=x&constructor=y")).status).toBe(200);
  });

  test("a page past the end is empty", async () => {
    const { json } = await world();
    expect(await json("/api/queues/letters/jobs?state=failed&page=99")).toMatchObject({
      items: [],
      total: 0,
      page: 99,
    });
  });
});

describe("bad bodies", () => {
  test.each<[unknown, string]>([
    ["{", ""],
    ["[]", ""],
    ["null", ""],
    ['"x"', ""],
    [{ reason: 1 }, "reason"],
    [{ reason: "x".repeat(501) }, "reason"],
    [{ incident: "x".repeat(101) }, "incident"],
    [{ surprise: 1 }, "surprise"],
    ['{"__proto__": {"admin": true}}', "__proto__"],
    ['{"constructor": {}}', "constructor"],
  ])("%j", async (body, field) => {
    const { post, engine } = await world();
    const { issues } = await problemOf(await post(PAUSE, body), 400);
    expect(issues?.map(({ path }) => path)).toContain(field);
    expect((await engine.queue("letters")).paused).toBe(false);
    expect(Reflect.get({}, "admin")).toBeUndefined();
  });

  test("more than 256 kB is not read, announced or not", async () => {
    const { post, send } = await world();
    await problemOf(await post(PAUSE, { reason: "x".repeat(270_000) }), 413);
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(16_384).fill(32));
      },
    });
    const headers = { "Content-Type": "application/json", "X-Spillway-Request": "1" };
    const init = { method: "POST", body: endless, headers, duplex: "half" } as RequestInit;
    await problemOf(await send(PAUSE, init), 413);
    expect(pulled).toBeLessThan(30);
  });

  test("an empty body is an empty object", async () => {
    expect((await (await world()).post(PAUSE, "")).status).toBe(200);
  });
});

test("of many mistakes the first are named: a small request makes no large answer", async () => {
  const { post } = await world();
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, 1]));
  for (const body of [many, { ["k".repeat(200_000)]: 1 }, { reason: 1, ...many }]) {
    const text = await (await post(PAUSE, body)).text();
    expect(text).toContain("There is no such field.");
    expect(text.length).toBeLessThan(5_000);
  }
});

describe("unknown things", () => {
  test.each([
    "",
    "/jobs?state=failed",
    "/jobs?q=x",
    "/jobs?job_id=x",
    "/jobs/1",
    "/jobs/1/logs",
    "/schedules",
    "/breakdown",
    "/dlq/shapes",
  ])("GET /api/queues/nowhere%s is a 404", async (rest) => {
    expect((await problemOf(await (await world()).send(`/api/queues/nowhere${rest}`), 404)).code).toBe(
      "not_found",
    );
  });

  test("a missing job tells what last became of it", async () => {
    const { engine, post, send } = await world();
    engine.add("letters", "print", {}, { id: "x" });
    await post("/api/queues/letters/jobs/x/remove", { reason: "poison" }, {}, ["admin"]);
    const { last_known } = await problemOf(await send("/api/queues/letters/jobs/x"), 404);
    expect(last_known).toEqual({ event: "job.remove by Ana", at: "2026-11-23T14:00:00.000Z" });
    const again = await problemOf(await post("/api/queues/letters/jobs/x/remove"), 404);
    expect(again.audit_id).toBeTruthy();
  });
});

test("names of any kind reach their job", async () => {
  const app = await world();
  const name = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
    .map((text) => text.toWellFormed());
  const odd = fc.constantFrom(
    ".",
    "..",
    "~",
    "~.",
    "a/b",
    "%2F",
    "%252F",
    "a%b",
    "?x=1#y",
    "x".repeat(500),
    ":queue",
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(name, odd), fc.oneof(name, odd), async (queue, id) => {
      app.engine.add(queue, "print", { queue }, { id });
      const path = buildPath("getJob", { queue, job_id: id } as never);
      expect(await app.json(path)).toMatchObject({ id, queue });
      const removed = await app.post(`${path}/remove`);
      expect(removed.status).toBe(200);
      expect((await app.send(path)).status).toBe(404);
    }),
    { numRuns: 60 },
  );
});

test("a broken handler is a 500 that says nothing of the inside", async () => {
  const errors: unknown[] = [];
  const app = await startApp({
    wrapEngine: (engine) =>
      Object.assign(Object.create(engine), { findJob: () => Promise.reject(new Error("secret inside")) }),
    deps: { log: { info: () => undefined, warn: () => undefined, error: (message) => errors.push(message) } },
  });
  const { detail, code } = await problemOf(await app.send("/api/search?job_id=1"), 500);
  expect(code).toBe("internal");
  expect(detail).not.toContain("secret");
  expect(errors).toHaveLength(1);
});
