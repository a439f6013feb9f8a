import { canonicalJson } from "@spillway/contract/audit";
import { EngineError, type QueueEngine } from "@spillway/engine";
import type { EmbeddedEngine } from "@spillway/engine-embedded";
import { describe, expect, test } from "vitest";
import { memorySink, problemOf, sha256, startApp } from "../app.fixture.ts";

const PAUSE = "/api/queues/letters/pause";
const keyed = (key: string) => ({ "Idempotency-Key": key });

/** An app whose engine answers as it says here, and behaves as itself in all else. */
async function world(replace: (engine: EmbeddedEngine) => Partial<QueueEngine> = () => ({}), options = {}) {
  const app = await startApp({
    wrapEngine: (engine) => Object.assign(Object.create(engine), replace(engine)),
    ...options,
  });
  app.engine.defineQueue("letters");
  const recordOf = (id: string | undefined) => app.json(`/api/audit/${id}`);
  return { ...app, recordOf };
}

describe("idempotency", () => {
  test("ten times the same key: one effect, one record, one reply", async () => {
    let paused = 0;
    const { post, json } = await world((engine) => ({
      pauseQueue: (queue) => {
        paused++;
        return engine.pauseQueue(queue);
      },
    }));
    const first = await post(PAUSE, { reason: "a", incident: "INC-1" }, keyed("k1"));
    const body = await first.text();
    for (let i = 0; i < 9; i++) {
      const again = await post(PAUSE, { incident: "INC-1", reason: "a" }, keyed("k1"));
      expect(await again.text()).toBe(body);
      expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    }
    expect(paused).toBe(1);
    expect((await json("/api/audit?action=queue.pause")).total_matching).toBe(1);
  });

  test("of a request only its hash is kept, which is as short for the longest", async () => {
    const hashed: string[] = [];
    const hash = (text: string): string => {
      hashed.push(text);
      return sha256(text);
    };
    const { post } = await startApp({ deps: { sha256: hash } });
    const ids = Array.from({ length: 1_000 }, (_, i) => ({ id: `job-${i}` }));
    const body = { action: "job.retry", selection: { ids } };
    await post("/api/queues/letters/jobs/bulk", body, keyed("k"));
    expect(hashed).toContain(`/api/queues/letters/jobs/bulk ${canonicalJson(body)}`);
    expect((await post("/api/queues/letters/jobs/bulk", { ...body, rate_per_s: 1 }, keyed("k"))).status).toBe(
      422,
    );
  });

  test("another body or another path is refused", async () => {
    const { post } = await world();
    await post(PAUSE, {}, keyed("k1"));
    expect((await problemOf(await post(PAUSE, { reason: "b" }, keyed("k1")), 422)).code).toBe("key_reused");
    await problemOf(await post("/api/queues/letters/resume", {}, keyed("k1")), 422);
    expect((await post("/api/queues/letters/resume", {}, keyed("k2"))).status).toBe(200);
    await problemOf(await post(PAUSE, {}, keyed("with blank")), 400);
  });

  test("while the first runs, the second is told so", async () => {
    const gate = Promise.withResolvers<void>();
    const { post } = await world(() => ({ pauseQueue: () => gate.promise }));
    const first = post(PAUSE, {}, keyed("k1"));
    expect((await problemOf(await post(PAUSE, {}, keyed("k1")), 409)).detail).toContain("still runs");
    gate.resolve();
    expect((await first).status).toBe(200);
  });

  test("a refusal is kept too; what never began is not", async () => {
    let down = true;
    const { post } = await world((engine) => ({
      pauseQueue: (queue) =>
        down
          ? Promise.reject(new EngineError("unavailable", "Away.", { cause: "oom" }))
          : engine.pauseQueue(queue),
    }));
    const missing = await problemOf(await post("/api/queues/letters/jobs/1/retry", {}, keyed("k1")), 404);
    const again = await problemOf(await post("/api/queues/letters/jobs/1/retry", {}, keyed("k1")), 404);
    expect(again.audit_id).toBe(missing.audit_id);
    expect(await problemOf(await post(PAUSE, {}, keyed("k2")), 503)).toMatchObject({ cause: "oom" });
    down = false;
    expect((await post(PAUSE, {}, keyed("k2"))).status).toBe(200);
  });
});

describe("an outcome that is not known", () => {
  const lost = () => Promise.reject(new EngineError("outcome_unknown", "No answer."));

  test("is a success if the state says so", async () => {
    const { post, recordOf } = await world((engine) => ({
      pauseQueue: async (queue) => {
        await engine.pauseQueue(queue);
        return lost();
      },
    }));
    const reply = await post(PAUSE);
    expect(reply.status).toBe(200);
    const record = await recordOf((await reply.json()).audit_id);
    expect(record).toMatchObject({
      status: "success",
      details: { from: "running", to: "paused", resolved_by: "read back" },
    });
    expect(record.entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      "intent",
      "outcome",
      "resolution",
    ]);
  });

  test("stays unknown, is never repeated, and is found out later", async () => {
    let tries = 0;
    const { post, recordOf, clock, engine } = await world(() => ({
      pauseQueue: () => {
        tries++;
        return lost();
      },
    }));
    const { audit_id } = await problemOf(await post(PAUSE, {}, keyed("k1")), 504);
    expect(await recordOf(audit_id)).toMatchObject({ status: "unknown", error: { code: "outcome_unknown" } });
    await problemOf(await post(PAUSE, {}, keyed("k1")), 504);
    await engine.pauseQueue("letters");
    await clock.advance(2_000);
    expect(await recordOf(audit_id)).toMatchObject({ status: "success", error: null });
    expect(tries).toBe(1);
  });

  test("an engine that never answers is cut off at 5 s, and heard when it does", async () => {
    const gate = Promise.withResolvers<void>();
    const { post, recordOf, clock } = await world(() => ({ pauseQueue: () => gate.promise }));
    const reply = post(PAUSE);
    await clock.advance(0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await clock.advance(5_000);
    const { audit_id } = await problemOf(await reply, 504);
    expect(await recordOf(audit_id)).toMatchObject({ status: "unknown" });
    gate.resolve();
    await clock.advance(0);
    expect(await recordOf(audit_id)).toMatchObject({
      status: "success",
      details: { resolved_by: "a late answer" },
    });
  });

  test.each([
    ["retry", "failed"],
    ["remove", "failed"],
    ["cancel", "waiting"],
    ["promote", "delayed"],
  ])("%s of a job is read back from the job", async (act, state) => {
    const name = `${act}Job` as "retryJob" | "removeJob" | "cancelJob" | "promoteJob";
    const { post, engine, clock } = await world((real) => ({
      [name]: async (queue: string, id: string) => {
        await real[name](queue, id);
        return lost();
      },
    }));
    engine.add(
      "letters",
      "print",
      {},
      { id: "x", attempts: 1, ...(state === "delayed" && { delayMs: 60_000 }) },
    );
    if (state === "failed") await engine.cancelJob("letters", "x");
    await clock.advance(10);
    const reply = await post(`/api/queues/letters/jobs/x/${act}`);
    expect(await reply.json()).toMatchObject({ status: "success", job: { id: "x" } });
  });
});

describe("what the record and the reply say", () => {
  test("a conflict tells what is true and who made it so", async () => {
    const { post, send, engine, recordOf } = await world();
    engine.add("letters", "print", {}, { id: "x" });
    const before = await (await send("/api/queues/letters/jobs/x")).json();
    await post("/api/queues/letters/jobs/x/cancel", {}, {}, ["operator"]);
    const stale = await post("/api/queues/letters/jobs/x/remove", { expect: { version: before.version } });
    const { current, audit_id } = await problemOf(stale, 409);
    expect(current).toMatchObject({ state: "failed", by: "Ana" });
    expect(await recordOf(audit_id)).toMatchObject({
      status: "failed",
      expected: before.version,
      error: { code: "conflict" },
      destructive: true,
      affected: 0,
      details: { task: "print", from: "failed" },
    });
  });

  test("reason and incident are kept, blanks are none", async () => {
    const { post, recordOf } = await world();
    const { audit_id } = await (await post(PAUSE, { reason: " poison ", incident: "  " })).json();
    expect(await recordOf(audit_id)).toMatchObject({ reason: "poison", incident: null });
  });

  test("a policy may require the reason", async () => {
    const { post } = await world(undefined, { config: { reasonRequired: ["queue.pause"] } });
    const { issues } = await problemOf(await post(PAUSE, { reason: " " }), 400);
    expect(issues).toMatchObject([{ path: "reason" }]);
    expect((await post(PAUSE, { reason: "leak" })).status).toBe(200);
  });

  test("an error nobody foresaw is unknown, not a success", async () => {
    const { post, recordOf } = await world(() => ({ pauseQueue: () => Promise.reject(new Error("inside")) }));
    const { audit_id, detail } = await problemOf(await post(PAUSE), 500);
    expect(detail).not.toContain("inside");
    expect(await recordOf(audit_id)).toMatchObject({ status: "unknown", error: { code: "internal" } });
  });

  test("a name is kept in a cookie and taken from it", async () => {
    const { post, send, recordOf } = await world();
    const named = await post("/api/session/name", { name: "Ana Gómez; Path=/x" });
    const cookie = named.headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(
      /^spillway_name=Ana%20G%C3%B3mez%3B%20Path%3D%2Fx; Path=\/; .*HttpOnly; SameSite=Strict$/,
    );
    const headers = { Cookie: cookie.split(";")[0] ?? "", Origin: "http://localhost:4600" };
    const session = await (await send("/api/session", { headers })).json();
    expect(session.actor).toEqual({
      id: "ana-gomez-path-x",
      name: "Ana Gómez; Path=/x",
      verified: false,
      roles: ["admin"],
    });
    const { audit_id } = await (await post(PAUSE, {}, headers)).json();
    expect(await recordOf(audit_id)).toMatchObject({
      source: "ui",
      actor: { id: "ana-gomez-path-x", verified: false },
    });
  });
});

describe("when the audit can't be copied out, and must be", () => {
  test("nothing takes effect, and the line is written once it can be", async () => {
    const lines: string[] = [];
    let full = false;
    const sink = memorySink(lines, () =>
      full ? Promise.reject(new Error("the disk is full (ENOSPC)")) : undefined,
    );
    const deps = { auditSinks: [sink], auditRequired: true };
    const { post, engine, clock, recordOf } = await world(undefined, { deps });
    full = true;
    const { code, audit_id, detail } = await problemOf(await post(PAUSE), 503);
    expect([code, detail]).toEqual([
      "audit_unavailable",
      "Nothing was done: the audit could not be written (file memory: the disk is full (ENOSPC)).",
    ]);
    expect((await engine.queue("letters")).paused).toBe(false);
    expect(await recordOf(audit_id)).toMatchObject({ status: "failed" });
    full = false;
    await clock.advance(5_000);
    expect((await post(PAUSE)).status).toBe(200);
    const seqs = lines.map((line) => JSON.parse(line).seq);
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  });
});
