import { auditRecord, revealReply } from "@spillway/contract/schemas";
import { describe, expect, test } from "vitest";
import { memorySink, problemOf, startApp } from "../app.fixture.ts";

const SECRET = "hunter2-s3cr3t";
const PAYLOAD = `{"tenant":"t-1", "password":"${SECRET}","amount":12345678901234567890}`;
const REVEAL = "/api/queues/letters/jobs/job-1/reveal";

async function world(fails = false) {
  const lines: string[] = [];
  const sink = memorySink(lines, () => (fails ? Promise.reject(new Error("The disk is full.")) : undefined));
  const app = await startApp({ deps: { auditSinks: [sink], auditRequired: fails } });
  app.engine.add("letters", "print", PAYLOAD, { id: "job-1" });
  return { ...app, lines };
}

describe("a revealed payload", () => {
  test("is as it is stored, kept by nobody, and on record with why and which fields", async () => {
    const { post, json, lines } = await world();
    const reply = await post(REVEAL, { reason: "the customer calls", incident: "INC-7" });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Cache-Control")).toBe("no-store");
    const body = revealReply.parse(await reply.json());
    expect(body).toMatchObject({
      status: "success",
      payload: PAYLOAD,
      payload_truncated: false,
      job: { id: "job-1" },
    });
    expect(auditRecord.parse(await json(`/api/audit/${body.audit_id}`))).toMatchObject({
      action: "job.reveal",
      status: "success",
      destructive: false,
      queue: "letters",
      job_id: "job-1",
      reason: "the customer calls",
      incident: "INC-7",
      details: { task: "print", redacted: 1, paths: ["password"] },
    });
    expect(lines.join("")).toContain("job.reveal");
    expect(lines.join("") + JSON.stringify(await json("/api/audit"))).not.toContain(SECRET);
  });

  test.each([["operator" as const], ["viewer" as const]])(
    "is not for a %s, who is on record for asking",
    async (role) => {
      const { post, json } = await world();
      const reply = await post(REVEAL, {}, {}, [role]);
      const { audit_id: id, detail } = await problemOf(reply, 403);
      expect(detail).not.toContain(SECRET);
      expect(await json(`/api/audit/${id}`)).toMatchObject({
        action: "job.reveal",
        status: "failed",
        job_id: "job-1",
      });
    },
  );

  test("is not shown where that can't be written down", async () => {
    const { post } = await world(true);
    const reply = await post(REVEAL, { reason: "why not" });
    expect(JSON.stringify(await problemOf(reply, 503))).not.toContain(SECRET);
  });

  test("is shown anew to a request that comes again, and each is on record", async () => {
    const { post, json } = await world();
    const again = () => post(REVEAL, { reason: "again" }, { "Idempotency-Key": "one" });
    const replies = [await again(), await again()];
    const ids = await Promise.all(replies.map(async (reply) => (await reply.json()).audit_id));
    expect(new Set(ids).size).toBe(2);
    expect(replies.map((reply) => reply.headers.get("Idempotency-Replayed"))).toEqual([null, null]);
    expect((await json("/api/audit?action=job.reveal")).items).toHaveLength(2);
  });

  test("changes nothing: no step of the job's story, no mark, no one to blame for a change", async () => {
    const { engine, post, json } = await world();
    const { version } = await json("/api/queues/letters/jobs/job-1");
    await post(REVEAL, { reason: "to see it" });
    expect((await json("/api/queues/letters/jobs/job-1")).version).toBe(version);
    const { timeline } = await json("/api/queues/letters/jobs/job-1");
    expect(timeline.map(({ event }: { event: string }) => event)).not.toContain("job.reveal");
    expect((await json("/api/markers")).items).toEqual([]);
    await engine.cancelJob("letters", "job-1");
    const { current } = await problemOf(
      await post("/api/queues/letters/jobs/job-1/cancel", { expect: { version } }),
      409,
    );
    expect(current?.by).toBeNull();
  });

  test("of a job that is gone is none", async () => {
    const { post } = await world();
    await problemOf(await post("/api/queues/letters/jobs/none/reveal", { reason: "x" }), 404);
    expect((await problemOf(await post(REVEAL, { payload: true }), 400)).issues).toMatchObject([
      { path: "payload" },
    ]);
  });
});
