import { describe, expect, test } from "vitest";
import { memorySink, problemOf, startApp } from "../app.fixture.ts";

const FOREIGN = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
const PAUSE = "/api/queues/letters/pause";

async function world() {
  const lines: string[] = [];
  const app = await startApp({ deps: { auditSinks: [memorySink(lines)] } });
  app.engine.defineQueue("letters");
  const recordOf = (id: string | undefined) => app.json(`/api/audit/${id}`);
  return { ...app, lines, recordOf };
}

describe("a request from elsewhere", () => {
  test("is on record as what it asked for", async () => {
    const { post, recordOf, engine } = await world();
    const refused = await problemOf(await post(PAUSE, {}, FOREIGN), 403);
    expect(await recordOf(refused.audit_id)).toMatchObject({
      action: "queue.pause",
      queue: "letters",
      status: "failed",
      source: "ui",
      affected: 0,
      actor: { name: "Anonymous", verified: false },
      error: { code: "forbidden", message: expect.stringContaining("another site") },
      details: { method: "POST", path: PAUSE, origin: "https://evil.example" },
    });
    expect((await engine.queue("letters")).paused).toBe(false);
  });

  test("names the job and the queue it meant, decoded", async () => {
    const { post, recordOf } = await world();
    const path = "/api/queues/a%2Fb%20c/jobs/~../remove";
    const refused = await problemOf(await post(path, {}, { "X-Spillway-Request": "" }), 403);
    expect(await recordOf(refused.audit_id)).toMatchObject({
      action: "job.remove",
      queue: "a/b c",
      job_id: "..",
      destructive: true,
    });
  });

  test.each([
    ["a read by a foreign name", "/api/overview", "GET"],
    ["a write whose body names the action", "/api/queues/letters/jobs/bulk", "POST"],
    ["an address that is none", "/nothing/%ff", "POST"],
  ])("%s has no action of its own", async (_, path, method) => {
    const { send, json } = await world();
    const headers = { "Content-Type": "application/json", "X-Spillway-Request": "1", Host: "evil.example" };
    const { audit_id } = await problemOf(await send(`${path}?token=secret`, { method, headers }), 421);
    const { items } = await json("/api/audit?action=request.refused");
    expect(items).toMatchObject([
      {
        id: audit_id,
        error: { code: "misdirected" },
        queue: null,
        details: { method, path, host: "evil.example" },
      },
    ]);
    expect(JSON.stringify(items)).not.toContain("secret");
  });

  test("is a line a minute however many come, and evicts nothing that was done", async () => {
    const { post, json, clock, lines, recordOf } = await world();
    const done = await (await post(PAUSE)).json();
    const before = lines.length;
    for (let i = 0; i < 3_000; i++)
      await problemOf(await post(PAUSE, {}, { ...FOREIGN, Origin: `https://evil-${i}.example` }), 403);
    for (let i = 0; i < 3_000; i++) await problemOf(await post(`/api/queues/q${i}/pause`, {}, FOREIGN), 403);
    expect((await json("/api/audit?status=failed")).total_matching).toBe(101);
    expect(lines.length - before).toBe(202);
    await clock.advance(60_000);
    const { items } = await json("/api/audit?status=failed&queue=letters");
    expect(items).toMatchObject([{ details: { attempts: 3_000 } }]);
    expect(await recordOf(done.audit_id)).toMatchObject({ status: "success" });
    expect((await json("/api/audit")).holds.denied.size).toBe(101);
  });

  test("leaves room for those who belong here and may not", async () => {
    const { post, recordOf } = await world();
    for (let i = 0; i < 200; i++) await post(`/api/queues/q${i}/pause`, {}, FOREIGN);
    const denied = await problemOf(await post(PAUSE, {}, {}, ["viewer"]), 403);
    expect(await recordOf(denied.audit_id)).toMatchObject({
      queue: "letters",
      error: { message: expect.stringContaining("not allowed to viewer") },
    });
  });

  test("a health check by another name, all day, is a record an hour", async () => {
    const { send, json, clock } = await world();
    for (let i = 0; i < 150; i++) {
      await send("/livez", { headers: { Host: "10.0.0.7:4600" } });
      await clock.advance(60_000);
    }
    expect((await json("/api/audit?action=request.refused")).total_matching).toBe(3);
  });
});
